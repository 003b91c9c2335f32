import Glibc

/// Servers to hold ours against, where they are installed.
enum Rivals {
    /// A fixed answer from one process, with a buffered access log as ours is.
    static func nginx(in folder: String, cores: Cores) throws -> ServerProcess? {
        guard let program = ["/usr/sbin/nginx", "/usr/bin/nginx"].first(where: isProgram) else {
            return absent("nginx is not installed")
        }
        let port = try ServerProcess.freePort()
        let configuration = """
            daemon off;
            master_process off;
            worker_processes 1;
            error_log \(folder)/nginx-errors;
            pid \(folder)/nginx-pid;
            events { worker_connections 4096; }
            http {
                access_log \(folder)/nginx-log combined buffer=64k flush=200ms;
                keepalive_requests 1000000000;
                client_body_temp_path \(folder);
                proxy_temp_path \(folder);
                fastcgi_temp_path \(folder);
                uwsgi_temp_path \(folder);
                scgi_temp_path \(folder);
                server {
                    listen 127.0.0.1:\(port);
                    location = /healthz { default_type text/plain; return 200 "ok\\n"; }
                }
            }
            """
        try FileText.write(configuration, to: folder + "/nginx.conf")
        return try ServerProcess(
            "nginx", program, ["-c", folder + "/nginx.conf"], port: port, cores: cores, log: folder + "/nginx-out")
    }

    /// Hummingbird 2 with GRDB: a fixed answer, and an intake as one row in a commit of its own. It keeps no log.
    static func hummingbird(_ program: String, in folder: String, cores: Cores) throws -> ServerProcess? {
        guard isProgram(program) else {
            return absent("\(program) is not built (swift build -c release --package-path .bench/rival)")
        }
        let port = try ServerProcess.freePort()
        return try ServerProcess(
            "Hummingbird 2", program, ["\(port)", "\(folder)/rival.sqlite3"], port: port, cores: cores,
            log: folder + "/hummingbird-out")
    }

    private static func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 }

    private static func absent(_ why: String) -> ServerProcess? {
        print("without a rival: \(why)")
        return nil
    }
}
