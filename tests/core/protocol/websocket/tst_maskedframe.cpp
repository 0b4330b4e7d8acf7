#include "core/protocol/websocket/maskedframe.h"
#include "core/protocol/websocket/websocketreader.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestMaskedFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAsTheRfcHasIt()
    {
        // RFC 6455, section 5.7: a single-frame masked text message.
        QCOMPARE(maskedFrame(WebSocketOpcode::Text, "Hello", 0x37fa213d),
                 QByteArray("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11));
    }

    void isReadAgain_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 100000})
            QTest::addRow("%d bytes", size) << size;
    }
    void isReadAgain()
    {
        QFETCH(int, size);
        QByteArray payload(size, 'x');
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>('a' + i % 26);
        const QByteArray frame = maskedFrame(WebSocketOpcode::Binary, payload, 0x01807ffe);
        WebSocketReader reader(100000);
        QByteArrayView bytes = frame;
        const auto message = reader.take(bytes);
        QVERIFY(message);
        QCOMPARE(message->kind, WebSocketReader::Kind::Binary);
        QCOMPARE(message->data, payload);
        QVERIFY(bytes.isEmpty());
    }
};

DIALOGUE_TEST(TestMaskedFrame, QCoreApplication)
#include "tst_maskedframe.moc"
