// Bids in the auction of two-way-server, and prints what is bid there.
//
//     two-way-client AMOUNT [URL]
#include "bid.h"

#include <dialogue/client/dialogueclient.h>

#include <QCoreApplication>
#include <QTextStream>

using namespace dialogue;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const int amount = arguments.value(1).toInt();
    const TypedEvent<Bid> bid = bidEvent();

    DialogueClient client({.url = QUrl(arguments.value(2, u"http://127.0.0.1:3000"_s))});
    QObject::connect(&client, &DialogueClient::errorOccurred, &app,
                     [](const Error &error) { qWarning("%s", qPrintable(error.text())); });

    client.join(u"auction"_s, {.subscriptions = QStringList{bid.name()}})
        .then(&app, [&](const Result<RoomContext *> &joined) {
            if (!joined)
                qFatal("%s", qPrintable(joined.error().text()));
            RoomContext *const auction = *joined;
            auction->on(bid, &app, [](const TypedMessage<Bid> &message) {
                QTextStream(stdout) << message.data.bidder << " bids " << message.data.amount << '\n';
            });
            auction->trigger(bid, Bid{.bidder = u"you"_s, .amount = amount});
        });
    return app.exec();
}
