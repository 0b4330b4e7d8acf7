// A server that asks another service who its clients are: it sends on the token that a client has in `auth`,
// and takes what comes back, {"sub": "ann", ...}, for who it is.
//
//     authenticator http://127.0.0.1:8080/userinfo [PORT]    3000 when left out; 0: any free one
//     dialogue tail lobby --auth '{"token": "..."}'
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <functional>
#include <memory>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

Result<Identity> identityOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 401 || status == 403)
        return Error{ErrorCode::Unauthorized, u"Your token is not, or no longer, good for anything"_s};
    if (reply.error() != QNetworkReply::NoError) {
        // It is for us to know why, and for the client to try again.
        qWarning() << "Asked who somebody is:" << reply.errorString();
        return Error{
            ErrorCode::Unavailable, u"Who you are cannot be found out now"_s, {}, std::chrono::seconds(2)};
    }
    const QJsonObject claims = QJsonDocument::fromJson(reply.readAll()).object();
    return Identity{.userId = claims.value("sub"_L1).toString(), .claims = claims};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        qCritical("usage: authenticator URL [PORT]");
        return 2;
    }
    const QUrl service(QString::fromLocal8Bit(argv[1]));
    QNetworkAccessManager http;

    Hooks hooks;
    hooks.authenticateLater = [&](const ConnectRequest &client, const std::stop_token &stop) {
        QNetworkRequest question(service);
        question.setRawHeader("Authorization", "Bearer " + client.auth.value("token"_L1).toString().toUtf8());
        QNetworkReply *const reply = http.get(question);
        // Whoever disconnects, or has waited too long, is not to be asked about any more.
        const std::function<void()> abort
            = [reply] { QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection); };
        const auto gone = std::make_shared<std::stop_callback<std::function<void()>>>(stop, abort);
        return QtFuture::connect(reply, &QNetworkReply::finished).then([reply, gone] {
            reply->deleteLater();
            return identityOf(*reply);
        });
    };

    const auto message
        = defineEvent(u"message"_s, Schema::object({{"text", Schema::string().min(1).max(500)}}));
    const RoomConfig lobby{
        .id = u"lobby"_s, .name = u"Lobby"_s, .events = {message}, .defaultSubscriptions = {u"*"_s}};
    const quint16 port = argc > 2 ? QByteArray(argv[2]).toUShort() : 3000;
    Dialogue server({.port = port, .rooms = {lobby}}, hooks);
    if (const auto started = server.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));
    return app.exec();
}
