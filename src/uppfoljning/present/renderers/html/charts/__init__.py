"""Charts as drawings by hand: lines and words at places reckoned here, colours and letters from the page's style."""
