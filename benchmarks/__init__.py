"""What Waybill costs, beside its peers in the same run. README.md tells what is measured, against whom, and how."""
