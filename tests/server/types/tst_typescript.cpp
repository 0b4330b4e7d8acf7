#include "parsedtypes.h"

#include "server/types/typescript.h"

#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::types;

/** Schemas as types of TypeScript: each lets at least what the schema lets. That they compile, and a wrong
 * field does not, tests/interop/types.test.mjs shows. */
class TestTypeScript : public QObject
{
    Q_OBJECT

    /** All up to the map of rooms, each blank as one. */
    static QString declarations(const QString &text)
    {
        const qsizetype begin = text.indexOf("\n\n"_L1);
        const qsizetype end = text.indexOf("/** The rooms,"_L1);
        return text.sliced(begin, end - begin).simplified();
    }

private Q_SLOTS:
    void saysWhatASchemaSays_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *name, const char *schema, const char *written) {
            QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(written);
        };
        row("anything", "{}", "export type RE = unknown;");
        row("nothing", "{not: {}}", "/** The server checks besides: not. */ export type RE = unknown;");
        row("a text", "{type: string}", "export type RE = string;");
        row("a whole number", "{type: integer}", "export type RE = number;");
        row("a truth", "{type: boolean}", "export type RE = boolean;");
        row("null", "{type: \"null\"}", "export type RE = null;");
        row("several kinds", "{type: [string, \"null\"]}", "export type RE = string | null;");
        row("what no type says", "{type: string, minLength: 1, format: date}",
            "/** The server checks besides: format date, minLength 1. */ export type RE = string;");
        row("one value", "{const: a\"b}", "export type RE = \"a\\u0022b\";");
        row("values", "{enum: [a, 1, true, null]}", "export type RE = \"a\" | 1 | true | null;");
        row("values of a kind", "{type: string, enum: [a, 1]}", "export type RE = \"a\";");
        row("a value that is an object", "{const: {a: [1]}}", "export type RE = { \"a\": [1] };");
        row("a number that JavaScript does not have", "{const: 9007199254740993}",
            "export type RE = number;");
        row("an object", "{type: object, properties: {b: {type: string}, a: {type: number}}, required: [b]}",
            "export interface RE { a?: number; b: string; }");
        row("names that are no words",
            "{type: object, properties: {a-b: {type: string}, \"\": {type: string}}}",
            "export interface RE { \"\"?: string; \"a-b\"?: string; }");
        row("a required member nothing is said of", "{type: object, required: [a]}",
            "export interface RE { a: unknown; }");
        row("any object", "{type: object}", "export interface RE { [key: string]: unknown; }");
        row("an empty object", "{type: object, additionalProperties: false}",
            "export interface RE { [key: string]: never; }");
        row("a closed object", "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
            "export interface RE { a?: string; }");
        row("a map", "{type: object, additionalProperties: {type: string}}",
            "export interface RE { [key: string]: string; }");
        row("a map with named members",
            "{type: object, properties: {a: {type: number}}, additionalProperties: {type: string}}",
            "/** The type of other members is wider than the schema: it covers the named ones, too. */ "
            "export interface RE { a?: number; [key: string]: string | number | undefined; }");
        row("members by pattern", "{type: object, patternProperties: {\"^a\": {type: string}}}",
            "/** The server checks besides: patternProperties. */ export interface RE { [key: string]: "
            "unknown; }");
        row("members by pattern alone",
            "{type: object, patternProperties: {\"^a\": {type: string}}, additionalProperties: false}",
            "/** The server checks besides: patternProperties. */ export interface RE { [key: string]: "
            "string; }");
        row("a member that may not be", "{type: object, properties: {a: false}}",
            "export interface RE { a?: never; }");
        row("members of whatever is an object", "{properties: {a: {type: string}}}",
            "export type RE = { a?: string; } | unknown[] | string | number | boolean | null;");
        row("a list", "{type: array, items: {type: [string, number]}}",
            "export type RE = (string | number)[];");
        row("any list", "{type: array}", "export type RE = unknown[];");
        row("a tuple",
            "{type: array, prefixItems: [{type: string}, {type: number}], items: false, minItems: 1}",
            "/** The server checks besides: minItems 1. */ export type RE = [string, number?];");
        row("a tuple that goes on", "{type: array, prefixItems: [{type: string}], items: {type: number}}",
            "export type RE = [string?, ...number[]];");
        row("a tuple that ends", "{type: array, prefixItems: [{type: string}, {type: number}], maxItems: 1}",
            "/** The server checks besides: maxItems 1. */ export type RE = [string?];");
        row("a tuple of draft 7",
            "{$schema: \"http://json-schema.org/draft-07/schema#\", type: array, items: [{type: string}], "
            "additionalItems: false, minItems: 1}",
            "/** The server checks besides: minItems 1. */ export type RE = [string];");
        row("either", "{anyOf: [{type: string}, {type: number}]}", "export type RE = string | number;");
        row("either or", "{oneOf: [{type: string}, {type: number}]}",
            "/** The server checks besides: oneOf. */ export type RE = string | number;");
        row("either of a kind", "{type: object, anyOf: [{required: [a]}, {required: [b]}]}",
            "export type RE = { a: unknown; } | { b: unknown; };");
        row("both",
            "{type: object, properties: {a: {type: string}}, allOf: [{required: [a]}, {properties: {b: "
            "{type: number}}}]}",
            "export type RE = { a?: string; } & { a: unknown; } & { b?: number; };");
        row("either and both",
            "{allOf: [{type: object, required: [a]}, {anyOf: [{type: object, required: [b]}, "
            "{type: \"null\"}]}]}",
            "export type RE = { a: unknown; } & ({ b: unknown; } | null);");
        row("what cannot be", "{type: string, allOf: [{type: number}]}", "export type RE = never;");
        row("then or else",
            "{type: object, if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}",
            "/** The server checks besides: else, if, then. */ export type RE = { b: unknown; } | { c: "
            "unknown; };");
        row("a definition", "{$defs: {a-b: {type: string}}, type: array, items: {$ref: \"#/$defs/a-b\"}}",
            "export type RE = AB[]; export type AB = string;");
        row("a definition by its anchor", "{$defs: {x: {$anchor: y, type: string}}, $ref: \"#y\"}",
            "export type RE = X; export type X = string;");
        row("itself", "{type: object, properties: {children: {type: array, items: {$ref: \"#\"}}}}",
            "export interface RE { children?: RE[]; }");
        row("one another",
            "{$defs: {a: {type: object, properties: {b: {$ref: \"#/$defs/b\"}}}, b: {type: object, "
            "properties: {a: "
            "{$ref: \"#/$defs/a\"}}}}, $ref: \"#/$defs/a\"}",
            "export type RE = A; export interface A { b?: B; } export interface B { a?: A; }");
        row("beside a reference",
            "{$defs: {a: {type: object, required: [x]}}, $ref: \"#/$defs/a\", required: [y], type: object}",
            "export type RE = { y: unknown; } & A; export interface A { x: unknown; }");
        row("nothing beside a reference in draft 7",
            "{$schema: \"http://json-schema.org/draft-07/schema#\", definitions: {a: {type: string}}, "
            "properties: {x: "
            "{$ref: \"#/definitions/a\", type: number}}, type: object}",
            "export interface RE { x?: A; } export type A = string;");
        row("bytes", "{type: object, format: binary}",
            "/** Bytes beside the JSON: a browser gets an ArrayBuffer, Node a Buffer. */ export type "
            "Attachment = "
            "ArrayBuffer | ArrayBufferView; export type RE = Attachment;");
        row("what is for people", "{title: T, description: \"D */ x\", type: string}",
            "/** * T * * D * / x */ export type RE = string;");
    }
    void saysWhatASchemaSays()
    {
        QFETCH(QByteArray, schema);
        QTEST(declarations(typeScript(modelOf(withSchema(schema)))), "written");
    }

    void followsReferencesIntoFiles()
    {
        QTemporaryDir folder;
        const auto write = [&folder](const QString &name, const QByteArray &text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        };
        write(u"message.yaml"_s, "type: object\nproperties: {at: {$ref: \"place.json#/$defs/point\"}}\n");
        write(u"place.json"_s, R"({"$defs": {"point": {"type": "array", "items": {"type": "number"}}}})");
        const ConfigReport report = readFor("rooms:\n  a: {events: [{name: m, schema: message.yaml}]}\n"
                                            "  b: {events: [{name: m, schema: message.yaml}, {name: n, "
                                            "schema: {$ref: place.json#/$defs/point}}]}\n",
                                            folder.filePath(u"c.yaml"_s));
        QCOMPARE(declarations(typeScript(typesOf(*report.config, report.schemas))),
                 u"export interface Message { at?: Point; } export type Point = number[]; export type AM = "
                 u"Message; "
                 "export type BM = Message; export type BN = Point;"_s);
    }

    void namesWhatEachRoomHas()
    {
        const QString text
            = typeScript(modelOf("roomCreation:\n"
                                 "  create: anyone\n"
                                 "  templates:\n"
                                 "    game-*: {events: [move]}\n"
                                 "    \"*\": {events: \"*\"}\n"
                                 "rooms:\n"
                                 "  a-b: {name: First, events: [{name: x, description: An x}]}\n"
                                 "  a_b: {events: [x]}\n"
                                 "  A-b: {events: [X]}\n"
                                 "  free: {events: \"*\"}\n"));
        QCOMPARE(
            text.sliced(text.indexOf("export type ABX"_L1)).simplified(),
            u"export type ABX = unknown; export type ABX2 = unknown; export type ABX3 = unknown; "
            "export type GameMove = unknown; "
            "/** The rooms, and the data of each event in them. */ export interface Rooms { "
            "/** First */ \"a-b\": { /** An x */ \"x\": ABX; }; \"a_b\": { \"x\": ABX2; }; "
            "\"A-b\": { \"X\": ABX3; }; \"free\": { [event: string]: unknown }; } "
            "/** The rooms that clients create, by the pattern of their ids; the first that fits counts. */ "
            "export interface RoomTemplates { \"game-*\": { \"move\": GameMove; }; \"*\": { [event: string]: "
            "unknown }; } "
            "/** The events of the room with that id, and their data; of an id that is not known before the "
            "program runs, anything. */ "
            "export type RoomEvents<Id extends string> = string extends Id ? { [event: string]: unknown } : "
            "Id extends keyof Rooms ? Rooms[Id] : Id extends `game-${string}` ? RoomTemplates[\"game-*\"] : "
            "Id extends `${string}` ? RoomTemplates[\"*\"] : { [event: string]: unknown }; "
            "/** The names of these events. */ export type EventName<Id extends string> = keyof "
            "RoomEvents<Id> & "
            "string; /** The data of one. */ export type EventData<Id extends string, Name extends "
            "EventName<Id>> "
            "= RoomEvents<Id>[Name];"_s);
    }

    void saysWhatMetaMayBe()
    {
        const QString text = typeScript(
            modelOf("roomCreation: {create: anyone, templates: {\"game-*\": {events: [{name: move, "
                    "meta: {type: object, properties: {n: {type: integer}}}}]}}}\n"
                    "rooms:\n"
                    "  r: {events: [{name: a, meta: {type: object, properties: {k: {type: string}}, "
                    "required: [k]}}, {name: b, meta: refuse}, c]}\n"
                    "  free: {events: \"*\"}\n"));
        QVERIFY(text.contains("export interface RAMeta {\n    k: string;\n}"_L1));
        QVERIFY(text.contains(
            "export interface RoomMetas {\n    \"r\": {\n        \"a\": RAMeta;\n        \"b\": "
            "Record<string, never>;\n        \"c\": { [key: string]: unknown };\n    };\n}"_L1));
        QVERIFY(text.contains("export interface RoomTemplateMetas {\n    \"game-*\": {\n        \"move\": "
                              "GameMoveMeta;\n    };\n}"_L1));
        QVERIFY(text.contains("export type EventMeta<"_L1));
        QVERIFY(!typeScript(modelOf("rooms: {r: {events: [e]}}")).contains("Meta"_L1));
    }

    void knowsNoOtherRoomsWhereNobodyMakesThem()
    {
        const QString text = typeScript(modelOf("rooms: {r: {events: [e]}}"));
        QVERIFY2(text.contains("Id extends keyof Rooms ? Rooms[Id] :\n    never;"_L1), qPrintable(text));
    }
};

DIALOGUE_TEST(TestTypeScript, QCoreApplication)
#include "tst_typescript.moc"
