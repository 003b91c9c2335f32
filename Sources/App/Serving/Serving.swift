package import API
import CLinux
import CivilTime
import Glibc
import HTTP
package import HTTPServer
package import Store
import Threads

/// A running server: the record, the service over it, the sockets in front, and the log beside.
package struct Serving: Sendable {
    package let workspace: Workspace
    package let service: Service
    package let server: Server
    /// Where it listens.
    package var port: UInt16 { server.port }
    private let log: RequestLog
    private let logThread: Thread
    private let housekeeping: Housekeeping
    private let schedule: BackupSchedule
    private let reprojection: Thread
    private let drainSeconds: Int

    /// Opens the port over an open record; answers from then on.
    package init(_ workspace: Workspace, _ settings: ServeSettings, clock: @escaping Clock = { Workspace.now() }) throws
    {
        let cores = Int(bnl_cores())
        let loops = settings.loops == 0 ? cores : settings.loops
        let log = RequestLog(loops: loops, now: { Workspace.coarseNow() })
        let service = Service(
            store: workspace.store, clock: clock, loops: loops, settings: settings.service,
            log: { log.request($0, loop: $1) },
            complain: { request, error in
                // What the error says is for the operator: it names files and states, nobody's data.
                log.note("error", "request \(String(request, radix: 16)): \(Serving.words(for: error))")
            })
        var configuration = ServerConfiguration(address: settings.address, port: settings.port, loops: loops)
        configuration.limits = settings.limits
        server = try Server(configuration, service)
        self.workspace = workspace
        self.service = service
        self.log = log
        drainSeconds = settings.drainSeconds
        logThread = log.start()
        housekeeping = Housekeeping(workspace.store) { error in
            log.note("error", "housekeeping: \(Serving.words(for: error))")
        }
        schedule = BackupSchedule(
            workspace.store, minutes: settings.backupMinutes, recipient: settings.backupRecipient, log: log)
        reprojection = Thread {
            Thread.stepBack()
            Serving.project(workspace.store, log)
        }
        log.note("info", "listening on \(settings.address) port \(server.port)")
    }

    /// Takes in nobody new, answers who is in, and closes the record.
    package func stop() {
        log.note("info", "stopping")
        server.drain(deadlineSeconds: drainSeconds)
        server.wait()
        housekeeping.stop()
        schedule.stop()
        workspace.store.close()
        reprojection.join()
        log.note("info", "stopped")
        log.stop()
        logThread.join()
    }

    /// Brings what other rules have projected up to this program's, beside what is being answered.
    private static func project(_ store: Store, _ log: RequestLog) {
        do {
            var told = -1
            try store.mendProjections { community, done, total in
                let tenths = total == 0 ? 10 : done * 10 / total
                guard tenths != told else { return }
                told = tenths
                log.note("info", "projecting \(community) by the rules of this program: \(done) of \(total)")
            }
        } catch StoreError.closing {
            // It goes on when the record is opened again.
        } catch {
            log.note("error", "projecting: \(words(for: error)); the figures stay those of the former rules")
        }
    }

    /// The kind of failure; never a text that could hold what somebody sent.
    private static func words(for error: any Error) -> String {
        (error as? StoreError).map { "\($0)" } ?? "\(type(of: error))"
    }
}
