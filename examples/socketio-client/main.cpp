// Asks any Socket.IO server one thing and prints the answer:
//
//     socketio-client http://127.0.0.1:3000 /chat whoami '["argument", 2]'
//
// What the server says meanwhile goes to standard error.

#include <dialogue/client/socketioclient.h>
#include <dialogue/client/socketiosocket.h>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments().mid(1);
    if (arguments.size() < 3 || arguments.size() > 4) {
        qCritical("usage: socketio-client URL NAMESPACE EVENT [ARGUMENTS as a JSON array]");
        return 2;
    }
    const QJsonArray asked = QJsonDocument::fromJson(arguments.value(3).toUtf8()).array();

    dialogue::SocketIoClient client({.url = QUrl(arguments[0]), .reconnection = false});
    dialogue::SocketIoSocket *const socket = client.socket(arguments[1]);
    if (!socket) {
        qCritical("a namespace has no comma");
        return 2;
    }
    QObject::connect(&client, &dialogue::SocketIoClient::connectionFailed, &app,
                     [](const dialogue::ConnectionFailure &failure) {
                         qCritical().noquote() << failure.text();
                         QCoreApplication::exit(1);
                     });
    QObject::connect(socket, &dialogue::SocketIoSocket::eventReceived, &app,
                     [](const dialogue::SocketIoEvent &event) {
                         QTextStream(stderr) << event.name << u' ' << event.args.text() << Qt::endl;
                     });

    socket->request(arguments[2], asked)
        .then(&app, [](const dialogue::Result<dialogue::SocketIoReply> &reply) {
            if (!reply) {
                qCritical().noquote() << reply.error().text();
                return QCoreApplication::exit(1);
            }
            QTextStream(stdout) << reply->args.text() << Qt::endl;
            QCoreApplication::quit();
        });
    return app.exec();
}
