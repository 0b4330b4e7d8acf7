#include "parsedtypes.h"

#include "server/types/qtheader.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::types;

/** Schemas as types of C++ that a TypedEvent can carry. That they compile is shown by tst_qttyped. */
class TestQtTypes : public QObject
{
    Q_OBJECT

    /** From the first struct, or event, on to the room's id. */
    static QString declarations(const QByteArray &schema)
    {
        const QString text = qtHeader(modelOf(withSchema(schema)));
        const qsizetype begin = text.indexOf("namespace rooms {"_L1) + 17;
        const qsizetype end = text.indexOf("/** The id of"_L1);
        return text.sliced(begin, end - begin).simplified();
    }

private Q_SLOTS:
    void carryWhatASchemaSays_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("remark");
        const auto row = [](const char *name, const char *schema, const char *type, const char *remark = "") {
            QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(type) << QString::fromUtf8(remark);
        };
        row("anything", "{}", "QJsonValue");
        row("a text", "{type: string}", "QString");
        row("a whole number", "{type: integer}", "qint64");
        row("a number", "{type: number}", "double");
        row("a truth", "{type: boolean}", "bool");
        row("null", "{type: \"null\"}", "QJsonValue", "Wider than the schema, which says: null");
        row("a text or null", "{type: [string, \"null\"]}", "QJsonValue",
            "Wider than the schema, which says: string | null");
        row("texts", "{enum: [a, b]}", "QString", "Wider than the schema, which says: \"a\" | \"b\"");
        row("whole numbers", "{enum: [1, 2]}", "qint64", "Wider than the schema, which says: 1 | 2");
        row("numbers", "{enum: [1, 2.5]}", "double", "Wider than the schema, which says: 1 | 2.5");
        row("values of several kinds", "{enum: [1, a]}", "QJsonValue",
            "Wider than the schema, which says: 1 | \"a\"");
        row("a list", "{type: array, items: {type: integer}}", "QList<qint64>");
        row("any list", "{type: array}", "QJsonArray");
        row("a tuple", "{type: array, prefixItems: [{type: string}], items: false}", "QJsonArray",
            "Wider than the schema, which says: [string?]");
        row("any object", "{type: object}", "QJsonObject");
        row("a map", "{type: object, additionalProperties: {type: string}}", "QJsonObject",
            "Wider than the schema, which says more than this type can.");
        row("a member that C++ has no name for", "{type: object, properties: {a-b: {type: string}}}",
            "QJsonObject", "Wider than the schema, which says more than this type can.");
        row("a member that moc takes for a type", "{type: object, properties: {int: {type: string}}}",
            "QJsonObject", "Wider than the schema, which says more than this type can.");
        row("objects of two kinds", "{anyOf: [{type: object, required: [a]}, {type: object, required: [b]}]}",
            "QJsonObject", "Wider than the schema, which says more than this type can.");
        row("a definition", "{$defs: {a: {type: array, items: {type: string}}}, $ref: \"#/$defs/a\"}",
            "QList<QString>");
    }
    void carryWhatASchemaSays()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, type);
        QFETCH(QString, remark);
        const QString text = declarations(schema);
        QVERIFY2(
            text.endsWith(u"inline const dialogue::TypedEvent<%1> &rE() { static const auto event = "
                          "dialogue::defineEvent<%1>(QStringLiteral(u\"e\")); return event; }"_s.arg(type)),
            qPrintable(text));
        QVERIFY2(!text.contains("struct"_L1), qPrintable(text));
        QCOMPARE(text.contains("Wider"_L1), !remark.isEmpty());
        QVERIFY2(text.contains(remark), qPrintable(text));
    }

    void areStructs_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *name, const char *schema, const char *written) {
            QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(written);
        };
        row("of required and optional members",
            "{type: object, properties: {text: {type: string, description: Said}, by: {type: integer, "
            "minimum: 1}}, "
            "required: [text]}",
            "struct RE { Q_GADGET Q_PROPERTY(std::optional<qint64> by MEMBER by) Q_PROPERTY(QString text "
            "MEMBER text) "
            "public: /** The server checks besides: minimum 1. */ std::optional<qint64> by = {}; /** Said */ "
            "QString "
            "text = {}; bool operator==(const RE &) const = default; };");
        row("with words of C++ as names",
            "{type: object, properties: {class: {type: string}, class_: {type: string}, Text: {type: "
            "string}}}",
            "struct RE { Q_GADGET Q_PROPERTY(std::optional<QString> Text MEMBER Text_) "
            "Q_PROPERTY(std::optional<QString> class MEMBER class_) Q_PROPERTY(std::optional<QString> class_ "
            "MEMBER "
            "class_2) public: std::optional<QString> Text_ = {}; std::optional<QString> class_ = {}; "
            "std::optional<QString> class_2 = {}; bool operator==(const RE &) const = default; };");
        row("with enums", "{type: object, properties: {state: {enum: [open, closed]}}, required: [state]}",
            "struct RE { Q_GADGET Q_PROPERTY(State state MEMBER state) public: enum class State { open, "
            "closed }; "
            "Q_ENUM(State) State state = {}; bool operator==(const RE &) const = default; };");
        row("with values that are no names",
            "{type: object, properties: {state: {enum: [open, new]}}, required: [state]}",
            "struct RE { Q_GADGET Q_PROPERTY(QString state MEMBER state) public: /** Wider than the schema, "
            "which "
            "says: \"open\" | \"new\" */ QString state = {}; bool operator==(const RE &) const = default; "
            "};");
        row("in structs", "{type: object, properties: {at: {type: object, required: [x]}}, required: [at]}",
            "struct REAt { Q_GADGET Q_PROPERTY(QJsonValue x MEMBER x) public: QJsonValue x = {}; bool "
            "operator==(const "
            "REAt &) const = default; }; struct RE { Q_GADGET Q_PROPERTY(rooms::REAt at MEMBER at) public: "
            "rooms::REAt at = {}; bool operator==(const RE &) const = default; };");
        row("that hold themselves",
            "{type: object, properties: {children: {type: array, items: {$ref: \"#\"}}, next: {$ref: "
            "\"#\"}}}",
            "struct RE { Q_GADGET Q_PROPERTY(std::optional<QList<RE>> children MEMBER children) "
            "Q_PROPERTY(std::optional<QJsonObject> next MEMBER next) public: std::optional<QList<RE>> "
            "children = {}; "
            "/** Wider than the schema, which says: RE */ std::optional<QJsonObject> next = {}; bool "
            "operator==(const "
            "RE &other) const { return children == other.children && next == other.next; } };");
        row("of all that is asked for at once",
            "{type: object, properties: {a: {type: string}}, allOf: [{required: [a]}, {properties: {b: "
            "{type: "
            "integer}}}]}",
            "struct RE { Q_GADGET Q_PROPERTY(QString a MEMBER a) Q_PROPERTY(std::optional<qint64> b MEMBER "
            "b) public: "
            "QString a = {}; std::optional<qint64> b = {}; bool operator==(const RE &) const = default; };");
    }
    void areStructs()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, written);
        const QString text = declarations(schema);
        const qsizetype end = text.indexOf("/** The event e"_L1);
        QCOMPARE(text.first(end).trimmed(), written);
        QVERIFY2(text.contains("TypedEvent<rooms::RE> &rE()"_L1), qPrintable(text));
    }

    void areNotCalledAsOthersAre()
    {
        const QString text
            = qtHeader(modelOf("rooms:\n"
                               "  q: {events: [{name: string, schema: {type: object, required: [a]}}]}\n"
                               "  int: {events: [\"\\u65e5\"]}\n"));
        QVERIFY2(text.contains("struct DataQString\n"_L1), qPrintable(text));
        QVERIFY2(text.contains(" &qString()\n"_L1), qPrintable(text));
        QVERIFY2(text.contains(" &int2()\n"_L1), qPrintable(text));
        QVERIFY2(text.contains("inline QString intRoom() { return QStringLiteral(u\"int\"); }"_L1),
                 qPrintable(text));
    }

    void saysWhatMetaMayBe()
    {
        const QString text = qtHeader(modelOf(
            "rooms: {r: {events: [{name: a, meta: {type: object, properties: {k: {type: string}}, "
            "required: [k]}}, {name: b, meta: {type: object, additionalProperties: {type: string}}}, c]}}"));
        QVERIFY(text.contains("struct RAMeta\n{\n    Q_GADGET\n    Q_PROPERTY(QString k MEMBER k)"_L1));
        QVERIFY(text.contains("using RBMeta = QJsonObject;"_L1));
        QVERIFY(!text.contains("RCMeta"_L1));
    }
};

DIALOGUE_TEST(TestQtTypes, QCoreApplication)
#include "tst_qttypes.moc"
