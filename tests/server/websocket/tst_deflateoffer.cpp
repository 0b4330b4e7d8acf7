#include "server/websocket/deflateoffer.h"
#include "server/websocket/websockethandshake.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestDeflateOffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTakenWhereItIsAsItIsSpokenHere_data()
    {
        QTest::addColumn<QList<QByteArray>>("fields");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *name, const QList<QByteArray> &fields, bool taken) {
            QTest::newRow(name) << fields << taken;
        };
        row("nothing", {}, false);
        row("alone", {"permessage-deflate"}, true);
        row("as browsers offer it", {"permessage-deflate; client_max_window_bits"}, true);
        row("in capitals", {"PerMessage-Deflate; Client_Max_Window_Bits=10"}, true);
        row("with all there is",
            {"permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
             "server_max_window_bits=15; client_max_window_bits=\"12\""},
            true);
        row("a smaller window", {"permessage-deflate; server_max_window_bits=10"}, false);
        row("a smaller window, or any", {"permessage-deflate; server_max_window_bits=10, permessage-deflate"},
            true);
        row("in a second field", {"x-webkit-deflate-frame", "permessage-deflate"}, true);
        row("another", {"permessage-bzip2"}, false);
        row("a longer name", {"permessage-deflate2"}, false);
        row("an unknown parameter", {"permessage-deflate; level=9"}, false);
        row("a parameter twice", {"permessage-deflate; client_max_window_bits; client_max_window_bits"},
            false);
        row("a value where none is", {"permessage-deflate; server_no_context_takeover=1"}, false);
        row("no value", {"permessage-deflate; server_max_window_bits"}, false);
        row("an empty value", {"permessage-deflate; client_max_window_bits="}, false);
        row("too many bits", {"permessage-deflate; client_max_window_bits=16"}, false);
        row("too few", {"permessage-deflate; client_max_window_bits=7"}, false);
        row("a zero in front", {"permessage-deflate; client_max_window_bits=08"}, false);
        row("no number", {"permessage-deflate; client_max_window_bits=+9"}, false);
        row("an empty parameter", {"permessage-deflate;"}, false);
        row("quotes that do not end", {"permessage-deflate; client_max_window_bits=\"10"}, false);
        row("in the quotes of another", {"x; a=\"permessage-deflate, permessage-deflate\""}, false);
        row("between the quotes of another", {"x; a=\", permessage-deflate, \""}, false);
        row("commas alone", {",,,"}, false);
    }
    void isTakenWhereItIsAsItIsSpokenHere()
    {
        QFETCH(QList<QByteArray>, fields);
        HttpHeaders headers;
        for (const QByteArray &field : fields)
            headers.append("Sec-WebSocket-Extensions", field);
        QTEST(offersDeflate(headers), "taken");
    }

    void isAnsweredInTheHandshake()
    {
        HttpHeaders headers;
        headers.append("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        QVERIFY(!upgradeResponse(headers).contains("Extensions"));
        QVERIFY(upgradeResponse(headers, true)
                    .endsWith("\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
                              "client_no_context_takeover\r\n\r\n"));
    }
};

DIALOGUE_TEST(TestDeflateOffer, NoApplication)
#include "tst_deflateoffer.moc"
