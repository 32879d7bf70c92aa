//! A container: nginx with the build inside.

use super::{FOLDER, Site, nginx::nginx};

/// The image, built in the folder that holds this file, `container.conf` and the build as `dist`.
pub fn containerfile() -> String {
    format!(
        "# podman build --tag pg-backup-portal .   In this folder: dist (the build), container.conf\n\
         FROM docker.io/nginxinc/nginx-unprivileged:stable-alpine\n\
         COPY container.conf /etc/nginx/conf.d/default.conf\n\
         COPY dist {FOLDER}\n\
         # The configuration of an installation:  --volume ./config.json:{FOLDER}/config.json:ro\n\
         EXPOSE 8080\n"
    )
}

/// The server inside, which speaks http: TLS ends before it.
pub fn server(site: &Site) -> String {
    let locations = nginx(site, FOLDER);
    let locations: String = locations.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "server {{\n    listen 8080;\n    server_tokens off;\n    absolute_redirect off;\n\n{locations}}}\n"
    )
}
