"""Settings of a JupyterHub for this book: what each student gets, and when an idle notebook is ended.

For any JupyterHub: `jupyterhub -f teaching/hub/jupyterhub_config.py`. How students log in is yours to add.
They were measured with a class of 5 to 30; the numbers are on the page teaching/hub.md.
"""

import sys

c = get_config()  # noqa: F821  (JupyterHub gives it)

c.Spawner.default_url = "/lab"
c.Spawner.mem_guarantee = "512M"  # measured need of a student, and some room
c.Spawner.mem_limit = "1G"
c.Spawner.start_timeout = 180  # a class that starts at once waits for its last server
c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 30

# Ends servers without activity for an hour. Files stay.
c.JupyterHub.load_roles = [
    {
        "name": "end-idle-servers",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["end-idle-servers"],
    }
]
c.JupyterHub.services = [
    {"name": "end-idle-servers", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]
