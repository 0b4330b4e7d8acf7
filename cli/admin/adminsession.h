#pragma once

#include "client/socketioclient.h"
#include "client/socketiosocket.h"
#include "process/arguments.h"
#include "process/exitcodes.h"
#include "process/signalnotifier.h"

#include <functional>
#include <memory>

namespace dialogue::cli {

/** Where the server is, and by which account we come into its /admin. */
[[nodiscard]] QList<Option> adminOptions();
/** Of these; the error names the option. */
[[nodiscard]] Result<ClientConfig> adminConfig(const Arguments &arguments);

/** A connection to /admin: comes in or fails, and ends on Ctrl-C. */
class AdminSession : public QObject
{
    Q_OBJECT
public:
    explicit AdminSession(ClientConfig config);
    ~AdminSession() override;

    /** Runs \a entered whenever we have come in, for the first time or again, and the event loop until
     * finish(). */
    int run(const std::function<void(const QJsonObject &hello)> &entered);

    /** Asks; an Error ends it all. \a told gets the answer, without its `ok`. */
    void ask(QLatin1String name, const QJsonObject &request,
             const std::function<void(const QJsonObject &reply)> &told);
    [[nodiscard]] SocketIoSocket &socket() { return *m_socket; }

    void finish(ExitCode code); ///< The first call counts.
    void fail(const Error &error);

private:
    SignalNotifier m_signals; // before the client, which may start threads
    std::unique_ptr<SocketIoClient> m_client;
    SocketIoSocket *m_socket = nullptr;
    int m_exitCode = -1;
    bool m_wasIn = false;
};

} // namespace dialogue::cli
