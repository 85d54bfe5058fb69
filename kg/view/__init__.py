"""Results to self-contained pages. Import the module that you need: `kg.view.explorer`."""
