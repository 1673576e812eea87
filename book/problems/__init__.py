"""What is said of problems: their explanations, their order, what is left out, and the forms they are printed in."""
