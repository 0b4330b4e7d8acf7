#include "core/base/error.h"
#include "core/event/eventmessage.h"

#include "testclasses.h"

#include <QDebug>
#include <QJsonObject>
#include <QMetaEnum>
#include <QMetaProperty>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

template <class T>
QString streamed(const T &value)
{
    QString text;
    QDebug(&text) << value;
    return text.trimmed();
}

/** A property as QML and item views read it. */
template <class Gadget>
QVariant propertyOf(const Gadget &gadget, const char *name)
{
    const QMetaObject &meta = Gadget::staticMetaObject;
    return meta.property(meta.indexOfProperty(name)).readOnGadget(&gadget);
}

} // namespace

/** Errors and messages of events, as those see them who log them and who bind to them. */
class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codesHaveTheirNames()
    {
        QCOMPARE(streamed(ErrorCode::RoomFull), u"dialogue::ErrorCode::RoomFull"_s);
        const auto codes = QMetaEnum::fromType<ErrorCode>();
        QCOMPARE(codes.keyToValue("ServerDraining"), int(ErrorCode::ServerDraining));
        for (int i = 0; i < codes.keyCount(); ++i) {
            const auto code = ErrorCode(codes.value(i));
            QCOMPARE(codeFromName(codeName(code)), code);
        }
    }

    void anErrorGoesToADebugStream()
    {
        QCOMPARE(streamed(Error{ErrorCode::RoomFull, u"room 'a' is full"_s}),
                 u"Error(ROOM_FULL, \"room 'a' is full\")"_s);
        QCOMPARE(
            streamed(Error{ErrorCode::RateLimited, u"wait\x1b[2J"_s, u"data.a"_s, std::chrono::seconds(2)}),
            u"Error(RATE_LIMITED, \"data.a: wait\\u001b[2J\", again after 2000 ms)"_s);
        QCOMPARE(streamed(QVariant::fromValue(Error{ErrorCode::Timeout, u"late"_s})),
                 u"QVariant(dialogue::Error, Error(TIMEOUT, \"late\"))"_s);
    }

    void anErrorIsAGadget()
    {
        const Error error{ErrorCode::RateLimited, u"wait"_s, u"data"_s, std::chrono::seconds(2)};
        QCOMPARE(propertyOf(error, "code").value<ErrorCode>(), ErrorCode::RateLimited);
        QCOMPARE(propertyOf(error, "message").toString(), u"wait"_s);
        QCOMPARE(propertyOf(error, "path").toString(), u"data"_s);
        QCOMPARE(propertyOf(error, "text").toString(), u"data: wait"_s);
        QCOMPARE(propertyOf(error, "retryAfterMs").toInt(), 2000);
        QCOMPARE(propertyOf(Error{ErrorCode::Timeout, u"late"_s}, "retryAfterMs").toInt(), -1);
    }

    void anEventGoesToADebugStream()
    {
        const EventMessage message{.event = u"message"_s,
                                   .roomId = u"chat"_s,
                                   .data = QJsonObject{{u"text"_s, u"hi"_s}},
                                   .from = u"ann"_s,
                                   .offset = 7};
        QCOMPARE(
            streamed(message),
            u"EventMessage(\"message\" in \"chat\", from \"ann\", offset 7, \"{\\\"text\\\":\\\"hi\\\"}\")"_s);
        const EventMessage large{.event = u"e"_s,
                                 .roomId = u"r"_s,
                                 .data = QString(1000, QChar(u'x')),
                                 .from = u"a"_s,
                                 .attachments = {"a", "b"}};
        const QString text = streamed(large);
        QVERIFY2(text.size() < 300, qPrintable(text));
        QVERIFY2(text.endsWith(u"xxx\u2026\", attachments 2)"_s), qPrintable(text));
    }

    void anEventIsAGadget()
    {
        const EventMessage message{.event = u"message"_s,
                                   .roomId = u"chat"_s,
                                   .data = JsonData::fromText("{\"text\":\"hi\"}"),
                                   .from = u"ann"_s,
                                   .timestamp = 5,
                                   .meta = {{u"a"_s, 1}},
                                   .id = u"i"_s,
                                   .offset = 7,
                                   .attachments = {"b"}};
        QCOMPARE(propertyOf(message, "event").toString(), u"message"_s);
        QCOMPARE(propertyOf(message, "roomId").toString(), u"chat"_s);
        QCOMPARE(propertyOf(message, "data").toJsonValue()[u"text"].toString(), u"hi"_s);
        QCOMPARE(propertyOf(message, "from").toString(), u"ann"_s);
        QCOMPARE(propertyOf(message, "timestamp").toLongLong(), 5);
        QCOMPARE(propertyOf(message, "meta").toJsonObject()[u"a"].toInt(), 1);
        QCOMPARE(propertyOf(message, "id").toString(), u"i"_s);
        QCOMPARE(propertyOf(message, "offset").toULongLong(), 7U);
        QCOMPARE(propertyOf(message, "attachments").value<QList<QByteArray>>(), QList<QByteArray>{"b"});
    }
};

DIALOGUE_TEST(TestError, NoApplication)
#include "tst_error.moc"
