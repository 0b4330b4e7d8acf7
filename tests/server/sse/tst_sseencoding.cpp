#include "server/sse/sseencoding.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "server/auth/placetext.h"
#include "server/fanout/publication.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Events as server-sent events. */
class TestSseEncoding : public QObject
{
    Q_OBJECT

    const Encodings m_encodings{.kept = socketio::eventEncoding(), .others = 1};
    const sse::SseEncoding m_encoding{0xbeef};

    static EventMessage said(const QString &name, const QJsonValue &data = 1)
    {
        EventMessage message;
        message.event = name;
        message.roomId = u"chat"_s;
        message.data = data;
        message.offset = 7;
        return message;
    }
    [[nodiscard]] PublicationPtr publicationOf(const EventMessage &message, const QByteArray &json) const
    {
        return Publication::create(m_encodings, {.offset = message.offset, .seq = 42}, message, json, {});
    }

private Q_SLOTS:
    void saysIdNameAndEnvelope()
    {
        const EventMessage message = said(u"said"_s, u"hi"_s);
        const QByteArray json = protocol::encodeEventMessage(message);
        const PublicationPtr publication = publicationOf(message, json);
        QCOMPARE(publication->encodedBy(m_encoding)->bytes(),
                 "id: beef-42\nevent: said\ndata: " + json + "\n\n");
        QCOMPARE(publication->encodedBy(m_encoding).get(), publication->encodedBy(m_encoding).get());
    }

    void saysWhatReadersHaveByThen()
    {
        const EventMessage message = said(u"said"_s);
        const PublicationPtr publication = publicationOf(message, protocol::encodeEventMessage(message));
        publication->departs({.order = 43, .nothingMissingUpTo = 39});
        QVERIFY(publication->encodedBy(m_encoding)->bytes().startsWith("id: beef-39\n"));
    }

    void keepsEachOnOneLine()
    {
        const EventMessage message = said(u"a\nevent: b\r"_s);
        const PublicationPtr publication = publicationOf(message, "{\"data\":\r\n[1,\n2]}");
        QCOMPARE(publication->encodedBy(m_encoding)->bytes(),
                 "id: beef-42\nevent: a event: b \ndata: {\"data\":  [1, 2]}\n\n");
    }

    void bringsAttachmentsInBase64()
    {
        EventMessage message = said(u"file"_s);
        message.attachments = {"\0\1\2"_ba, QByteArray(), "abc"_ba};
        const PublicationPtr publication = publicationOf(message, protocol::encodeEventMessage(message));
        const QByteArray text = publication->encodedBy(m_encoding)->bytes();
        const qsizetype data = text.indexOf("data: ") + 6;
        const QJsonObject envelope = QJsonDocument::fromJson(text.mid(data).trimmed()).object();
        QCOMPARE(envelope[u"event"_s].toString(), u"file"_s);
        QCOMPARE(envelope[u"attachments"_s].toArray(), QJsonArray({u"AAEC"_s, u""_s, u"YWJj"_s}));
    }

    void tellsOfGapsWithoutAnId()
    {
        QCOMPARE(m_encoding.encodeGap(u"chat"_s, 3, 9, GapReason::Dropped)->bytes(),
                 "event: dialogue:gap\ndata: "
                 R"({"roomId":"chat","from":3,"to":9,"reason":"dropped"})"
                 "\n\n");
        QVERIFY(m_encoding.encodeGap(u"chat"_s, 3, 9, GapReason::Replaced)->bytes().contains("replaced"));
    }

    void readsItsOwnIds()
    {
        const auto place = placeOf(placeText({.run = ~quint64(0), .seq = ~quint64(0)}));
        QVERIFY(place);
        QCOMPARE(place->run, ~quint64(0));
        QCOMPARE(place->seq, ~quint64(0));
    }
};

DIALOGUE_TEST(TestSseEncoding, QCoreApplication)
#include "tst_sseencoding.moc"
