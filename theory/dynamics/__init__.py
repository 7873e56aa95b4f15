"""What SymPy derives about gradient descent on F(w) = f(w_1 ... w_k), and its gradient flow."""
