"""The page list of Waybill, and nothing else. Start it with `waybill serve`.

`streamlit run app.py` imports this file as the server, and the server runs it as a script for each session.
"""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from geo.web.brief.page import render as brief
    from geo.web.data.page import render as data
    from geo.web.evidence.page import render as evidence
    from geo.web.guide.page import render as guide
    from geo.web.map.page import render as map_
    from geo.web.method.page import render as method
    from geo.web.shared import sidebar

    PAGES = {"map": map_, "evidence": evidence, "brief": brief, "data": data, "method": method, "guide": guide}

    ICON = str(Path(sidebar.__file__).with_name("icon.svg"))
    ABOUT = (
        "**Waybill** maps reported shipments: who says what moved, from where to where, when, and how many containers. "
        "Every width on the map leads back to the reports behind it."
    )
    st.set_page_config(
        page_title="Waybill",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="auto",
        menu_items={"About": ABOUT},
    )
    chosen = st.navigation([sidebar.page(path, render) for path, render in PAGES.items()], position="hidden")
    sidebar.show_links()
    chosen.run()
else:
    from geo.web.shared import server

    app = st.App(__file__, middleware=server.middleware(), lifespan=server.lifespan)
