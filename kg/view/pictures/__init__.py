"""Pictures for print and pages: SVG without scripts, fonts or links, each with a finding, its sources and a table twin."""
