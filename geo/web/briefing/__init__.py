"""The Brief page, one file a job: what is asked, what is made of it, checks, files, and briefs that were saved."""
