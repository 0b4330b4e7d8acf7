#include "cli/admin/adminsession.h"

#include "cli/base/clientoptions.h"
#include "cli/base/session.h"
#include "core/protocol/admin/names.h"
#include "core/protocol/dialogue/errors.h"
#include "process/endingsignals.h"
#include "process/print.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

namespace names = protocol::admin::names;

constexpr qint64 LongestSecret = 4096;

Error wrongOption(const QString &option, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = u"--"_s + option};
}

/** The first line of a file. */
Result<QString> secretIn(const QString &option, const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return wrongOption(option, u"%1: %2"_s.arg(fileName, file.errorString()));
    QString secret = QString::fromUtf8(file.readLine(LongestSecret));
    while (secret.endsWith(u'\n') || secret.endsWith(u'\r'))
        secret.chop(1);
    if (secret.isEmpty())
        return wrongOption(option, u"there is nothing in %1"_s.arg(fileName));
    return secret;
}

Result<QJsonObject> authOf(const Arguments &arguments)
{
    const bool isByAccount = arguments.isSet(u"account"_s);
    if (isByAccount && arguments.isSet(u"token-file"_s))
        return wrongOption(u"token-file"_s, u"stands beside --account; it is one of the two"_s);
    if (arguments.isSet(u"token-file"_s)) {
        return secretIn(u"token-file"_s, arguments.value(u"token-file"_s))
            .transform([](const QString &token) {
                return QJsonObject{{u"token"_s, token}};
            });
    }
    const QString name = arguments.value(u"account"_s);
    if (name.isEmpty()) {
        return wrongOption(u"account"_s,
                           u"says who comes in; or --token-file has the token that the server "
                           u"has made (admin.token: generate)"_s);
    }
    Result<QString> password = qEnvironmentVariable("DIALOGUE_ADMIN_PASSWORD");
    if (arguments.isSet(u"password-file"_s))
        password = secretIn(u"password-file"_s, arguments.value(u"password-file"_s));
    if (!password)
        return password.error();
    if (password->isEmpty()) {
        return wrongOption(u"password-file"_s,
                           u"has the password; or DIALOGUE_ADMIN_PASSWORD, in the environment"_s);
    }
    return QJsonObject{{u"account"_s, name}, {u"password"_s, *password}};
}

} // namespace

QList<Option> adminOptions()
{
    QList<Option> options = clientOptions();
    options.removeIf([](const Option &each) { return each.name == u"token"; });
    return options
        + QList<Option>{{.name = u"account"_s,
                         .value = u"NAME"_s,
                         .help = u"Who comes in, of admin.accounts."_s,
                         .environment = u"DIALOGUE_ADMIN_ACCOUNT"_s},
                        {.name = u"password-file"_s,
                         .value = u"FILE"_s,
                         .help = u"Its password, in the first line; or DIALOGUE_ADMIN_PASSWORD has it."_s},
                        {.name = u"token-file"_s,
                         .value = u"FILE"_s,
                         .help = u"The token that the server has made, in place of an account."_s}};
}

Result<ClientConfig> adminConfig(const Arguments &arguments)
{
    Result<ClientConfig> config = clientConfig(arguments);
    if (!config)
        return config;
    const Result<QJsonObject> auth = authOf(arguments);
    if (!auth)
        return auth.error();
    config->auth = *auth;
    return config;
}

AdminSession::AdminSession(ClientConfig config)
    : m_signals(endingSignals())
    , m_client(std::make_unique<SocketIoClient>(std::move(config)))
    , m_socket(m_client->socket(names::nsp))
{
    connect(m_socket, &SocketIoSocket::refused, this, [this](const Error &error) { fail(error); });
    connect(m_client.get(), &SocketIoClient::connectionFailed, this,
            [this](const ConnectionFailure &failure) {
                const bool isOver = !m_wasIn || m_client->state() == SocketIoClient::State::Disconnected;
                // What the server says to who does not come in is told by its own code.
                if (isOver && failure.kind != ConnectionFailure::Kind::Refused) {
                    fail({.code = ErrorCode::ConnectionLost,
                          .message = u"no connection to %1: %2"_s.arg(
                              m_client->config().url.toDisplayString(), failure.text())});
                }
            });
    connect(m_socket, &SocketIoSocket::disconnected, this, [this](const QString &reason) {
        if (m_client->state() == SocketIoClient::State::Reconnecting)
            say(u"connection lost (%1); trying again"_s.arg(reason));
        else
            fail({.code = ErrorCode::ConnectionLost, .message = reason});
    });
}

AdminSession::~AdminSession() = default;

int AdminSession::run(const std::function<void(const QJsonObject &hello)> &entered)
{
    connect(&m_signals, &SignalNotifier::came, this, [this] {
        m_signals.letThrough(); // the second Ctrl-C ends the process as ever
        finish(ExitOk);
    });
    m_socket->on(names::hello, this, [this, entered](const SocketIoEvent &event) {
        const QJsonObject hello = event.arg(0).toObject();
        if (hello[u"protocol"_s].toInt() != protocol::admin::Version) {
            return fail({.code = ErrorCode::ProtocolViolation,
                         .message = u"the server speaks another version of this protocol"_s});
        }
        if (std::exchange(m_wasIn, true))
            say(u"connected again"_s);
        entered(hello);
    });
    m_client->connectToServer();
    if (m_exitCode < 0)
        QCoreApplication::exec();
    m_client->disconnect(this);
    m_client->disconnectFromServer();
    m_client.reset();
    return m_exitCode;
}

void AdminSession::ask(QLatin1String name, const QJsonObject &request,
                       const std::function<void(const QJsonObject &)> &told)
{
    m_socket->request(name, {request}).then(this, [this, told](const Result<SocketIoReply> &reply) {
        if (m_exitCode >= 0)
            return;
        if (!reply)
            return fail(reply.error());
        const Result<QJsonObject> answer = protocol::readAck(reply->arg(0));
        if (!answer)
            return fail(answer.error());
        told(*answer);
    });
}

void AdminSession::finish(ExitCode code)
{
    if (m_exitCode >= 0)
        return;
    m_exitCode = code;
    QCoreApplication::quit();
}

void AdminSession::fail(const Error &error)
{
    if (m_exitCode >= 0)
        return;
    say(errorText(error));
    finish(exitCodeOf(error));
}

} // namespace dialogue::cli
