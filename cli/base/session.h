#pragma once

#include "client/dialogueclient.h"
#include "process/arguments.h"
#include "process/exitcodes.h"
#include "process/signalnotifier.h"

#include <functional>

namespace dialogue::cli {

/** The client's configuration out of --url and --token; the error names the option. */
Result<ClientConfig> clientConfig(const Arguments &arguments);

/** The exit code for what went wrong: no answer is another thing than a refusal. */
ExitCode exitCodeOf(const Error &error);

/** "ROOM_FULL: The room ...", "VALIDATION_FAILED: data.a: must be ...; data.b: must be ..." */
QString errorText(const Error &error);

/**
 * What every command with a connection does: connect or fail, say on stderr when the connection is lost and
 * when it is back, end on Ctrl-C.
 */
class Session : public QObject
{
    Q_OBJECT
public:
    enum class Patience {
        None, ///< A lost connection ends the command.
        Endless, ///< Once connected, it waits for the connection to come back.
    };

    Session(ClientConfig config, Patience patience);

    /** Until run() is over: with it go all of its futures. */
    [[nodiscard]] DialogueClient &client() { return *m_client; }
    [[nodiscard]] int losses() const { return m_losses; }
    [[nodiscard]] bool isFinished() const { return m_exitCode >= 0; }

    /** Runs \a begin once connected, and the event loop until finish(). \a interrupted on Ctrl-C. */
    int run(const std::function<void()> &begin, const std::function<void()> &interrupted);

    void finish(ExitCode code); ///< The first call counts.
    void fail(const Error &error, const QString &what = {}); ///< Says it, and finishes.

private:
    void onConnected();
    void onDisconnected(const QString &reason);
    void onError(const Error &error);

    SignalNotifier m_signals; // before the client, which may start threads
    std::unique_ptr<DialogueClient> m_client;
    const Patience m_patience;
    std::function<void()> m_begin;
    int m_exitCode = -1;
    int m_losses = 0;
    bool m_wasConnected = false;
};

} // namespace dialogue::cli
