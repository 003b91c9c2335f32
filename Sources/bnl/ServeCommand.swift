import App
import ArgumentParser
import Glibc
import Store

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer over HTTP, until SIGTERM or SIGINT.",
        discussion: """
            Settings are read from their defaults, then from --settings, then from the environment, then from the
            command line; config/README.md has the table of all of them. Other commands work beside a running server.

            EXAMPLE
              bnl serve --data ./list
              bnl serve --port 0 --set drain.seconds=10
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var listening: ListeningOptions

    func run() throws {
        try serveRecord(data.path, listening) { port in
            Console.own.say("listening on port \(port)")
        }
    }
}

/// How a server is told to listen.
struct ListeningOptions: ParsableArguments {
    @Option(help: "A file of settings: one JSON object.") var settings: String?
    @Option(help: "The port to listen on; 0: any that is free.") var port: UInt16?
    @Option(help: "The address to listen on.") var address: String?
    @Flag(help: "Listen where other machines can reach the server, which speaks no TLS of its own.")
    var insecureListen = false
    @Option(help: "Any setting, as name=value; may be repeated.") var set: [String] = []

    func read() throws -> ServeSettings {
        var flags: [(name: String, value: String)] = []
        for text in set {
            guard let equals = text.firstIndex(of: "=") else { throw ValidationError("--set takes name=value") }
            flags.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
        }
        if let port { flags.append(("listen.port", "\(port)")) }
        if let address { flags.append(("listen.address", address)) }
        let read = try ServeSettings.read(file: settings, environment: ServeSettings.environment, flags: flags)
        guard read.isLoopback || insecureListen else {
            throw ValidationError(
                "\(read.address) can be reached from other machines, and what passes is not encrypted: put a proxy "
                    + "with TLS in front and listen on 127.0.0.1, or say --insecure-listen")
        }
        return read
    }
}

/// Serves a data folder until a signal ends it; `ready` hears of the port.
func serveRecord(_ path: String, _ listening: ListeningOptions, ready: (UInt16) throws -> Void) throws {
    let settings = try listening.read()
    // Before any thread is made, so that every thread leaves them to this one.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    let recipient = settings.backupRecipient
    let workspace = try Workspace(
        path: path, mode: .writing, readers: settings.readersCount, mending: false, backupRecipient: { recipient })
    let (control, serving): (ControlSocket, Serving)
    do {
        control = try ControlSocket(folder: path) { order, console in
            CarriedOut.perform(order, in: workspace, console)
        }
        do {
            serving = try Serving(workspace, settings)
        } catch {
            control.stop()
            throw error
        }
    } catch {
        workspace.store.close()
        throw error
    }
    try ready(serving.port)
    var received: Int32 = 0
    sigwait(&signals, &received)
    // A second signal ends the process at once.
    signal(SIGTERM, SIG_DFL)
    signal(SIGINT, SIG_DFL)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    control.stop()
    serving.stop()
}
