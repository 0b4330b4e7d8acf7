#include "cli/base/session.h"

#include "cli/base/way.h"
#include "process/endingsignals.h"
#include "process/print.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

Result<ClientConfig> clientConfig(const Arguments &arguments)
{
    const QString text = arguments.value(u"url"_s);
    const QUrl url(text, QUrl::StrictMode);
    const QStringList schemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s};
    if (!url.isValid() || url.host().isEmpty() || !schemes.contains(url.scheme())) {
        return Error{.code = ErrorCode::InvalidRequest,
                     .message = u"must be like http://127.0.0.1:3000, not '%1'"_s.arg(text),
                     .path = u"--url"_s};
    }
    ClientConfig config{.url = url, .autoConnect = false};
    const QString token = arguments.value(u"token"_s);
    if (!token.isEmpty())
        config.auth = QJsonObject{{u"token"_s, token}};
    if (const auto there = setWay(arguments, config); !there)
        return there.error();
    return config;
}

ExitCode exitCodeOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Timeout:
    case ErrorCode::ConnectionLost:
    case ErrorCode::IoError:
    case ErrorCode::ProtocolViolation:
        return ExitNoConnection;
    default:
        return ExitRefused;
    }
}

QString errorText(const Error &error)
{
    QString text = QString::fromLatin1(codeName(error.code)) + u": "_s + error.text();
    for (const SchemaFault &fault : error.faults.mid(1))
        text += u"; "_s + Error{.code = error.code, .message = fault.message, .path = fault.path}.text();
    return text;
}

Session::Session(ClientConfig config, Patience patience)
    : m_signals(endingSignals())
    , m_client(std::make_unique<DialogueClient>(std::move(config)))
    , m_patience(patience)
{
    connect(m_client.get(), &DialogueClient::connected, this, &Session::onConnected);
    connect(m_client.get(), &DialogueClient::disconnected, this, &Session::onDisconnected);
    connect(m_client.get(), &DialogueClient::errorOccurred, this, &Session::onError);
}

int Session::run(const std::function<void()> &begin, const std::function<void()> &interrupted)
{
    m_begin = begin;
    connect(&m_signals, &SignalNotifier::came, this, [this, interrupted] {
        m_signals.letThrough(); // the second Ctrl-C ends the process as ever
        interrupted();
    });
    m_client->connectToServer();
    if (!isFinished())
        QCoreApplication::exec();
    m_client->disconnect(this);
    m_client->disconnectFromServer();
    m_client.reset(); // whoever waits for an answer is told while there still is somebody to tell
    return m_exitCode;
}

void Session::finish(ExitCode code)
{
    if (isFinished())
        return;
    m_exitCode = code;
    QCoreApplication::quit();
}

void Session::fail(const Error &error, const QString &what)
{
    if (isFinished())
        return;
    say((what.isEmpty() ? QString() : what + u": "_s) + errorText(error));
    finish(exitCodeOf(error));
}

void Session::onConnected()
{
    if (std::exchange(m_wasConnected, true))
        say(u"connected again"_s);
    else
        m_begin();
}

void Session::onDisconnected(const QString &reason)
{
    ++m_losses;
    if (m_patience == Patience::Endless && m_client->state() == DialogueClient::State::Reconnecting) {
        say(u"connection lost (%1); trying again"_s.arg(reason));
        return;
    }
    fail({.code = ErrorCode::ConnectionLost, .message = reason});
}

void Session::onError(const Error &error)
{
    if (!m_wasConnected) {
        const QString url = m_client->config().url.toDisplayString();
        fail(error, u"no connection to %1"_s.arg(url));
    } else if (m_client->state() == DialogueClient::State::Disconnected) {
        fail(error); // it will not come back: refused, say, as the token has expired
    } else if (m_client->isConnected()) {
        say(errorText(error));
    }
}

} // namespace dialogue::cli
