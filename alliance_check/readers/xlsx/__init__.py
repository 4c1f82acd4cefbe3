"""Read xlsx and xlsb workbooks, with what their XML says of hidden and struck cells."""
