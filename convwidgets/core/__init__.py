"""The numbers: geometry, convolution and its parts, in NumPy (SciPy is loaded when first needed)."""
