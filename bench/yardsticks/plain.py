"""The files of a project read as plain trees and rows by the program's own readers, once a small project has been checked.

plain.py SMALL PROJECT
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from uppfoljning.cli.main import main
from uppfoljning.files.csv import read_csv
from uppfoljning.files.source import Folder, is_csv
from uppfoljning.files.yaml_load import read_yaml

with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    main(["-C", sys.argv[1], "--utan-cache", "validera"])
source = Folder(Path(sys.argv[2]))
for name in source.names():
    (read_csv if is_csv(name) else read_yaml)(name, source.read(name))
