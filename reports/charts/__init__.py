"""Charts as SVG, for reports, workbooks and downloads."""
