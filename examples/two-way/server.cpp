// An auction whose house outbids everybody, up to 100: the same Bid comes in and goes out.
//
//     two-way-server [PORT]     0: any free one; 3000 when left out
#include "bid.h"

#include <dialogue/server/dialogue.h>

#include <QCoreApplication>

using namespace dialogue;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const quint16 port = argc > 1 ? QByteArray(argv[1]).toUShort() : 3000;
    const TypedEvent<Bid> bid = bidEvent();

    Dialogue server({.port = port, .rooms = {{.id = u"auction"_s, .name = u"Auction"_s, .events = {bid}}}});
    if (const auto started = server.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));

    Room *const auction = server.room(u"auction"_s);
    auction->on(bid, &app, [&](const TypedMessage<Bid> &message) {
        if (message.from == u"system"_s || message.data.amount >= 100)
            return;
        const Bid higher{.bidder = u"house"_s, .amount = message.data.amount + 1};
        auction->trigger(bid, higher).then(&app, [](const Result<EventMessage> &outbid) {
            if (!outbid)
                qWarning("%s", qPrintable(outbid.error().text()));
        });
    });
    return app.exec();
}
