# Sourced by the other programs here: the project's folder and a Python that can run it.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PYTHONPATH="$root"

# Prints the first Python of 3.11 or newer on the path.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  echo "Python 3.11 or newer is missing. Install it (Debian and Ubuntu: apt-get install python3; macOS: brew install python), then start again." >&2
  return 1
}
