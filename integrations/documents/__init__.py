"""What is printed: typst templates and the process that renders them into tagged PDF/A. Satisfies ports.Documents by shape."""
