#include "schematest.h"
#include "testclasses.h"

#include <atomic>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

Schema chatMessage()
{
    return Schema::object(
        {{"text", Schema::string().min(1).max(1000)}, {"senderId", Schema::string().optional()}});
}

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBuilderWritesADocument()
    {
        const Schema schema
            = Schema::object({{"text", Schema::string().min(1).max(1000).pattern(u"^a"_s)},
                              {"tags", Schema::array(Schema::string()).max(5).optional()},
                              {"count", Schema::integer().min(0).describe(u"how many"_s)},
                              {"mood", Schema::enumeration({u"good"_s, u"bad"_s}).nullable()}})
                  .closed();
        const QJsonValue expected
            = fromText("{'type':'object','additionalProperties':false,"
                       "'required':['text','count','mood'],'properties':{"
                       "'text':{'type':'string','minLength':1,'maxLength':1000,'pattern':'^a'},"
                       "'tags':{'type':'array','items':{'type':'string'},'maxItems':5},"
                       "'count':{'type':'integer','minimum':0,'description':'how many'},"
                       "'mood':{'type':['string','null'],'enum':['good','bad',null]}}}");
        QCOMPARE(schema.toJson(), expected.toObject());
        QVERIFY(schema.validate(fromText("{'text':'ab','count':0,'mood':null}")));
    }

    void anEmptySchemaAcceptsEverything()
    {
        QVERIFY(Schema().isEmpty());
        QVERIFY(Schema::any().validate(fromText("[1,2]")));
        QVERIFY(Schema::any().optional().isOptional());
        QVERIFY(!chatMessage().isEmpty());
    }

    void aPropertyIsRequiredUnlessOptional()
    {
        QVERIFY(chatMessage().validate(fromText("{'text':'hi'}")));
        QCOMPARE(chatMessage().validate(fromText("{'senderId':'me'}")).error().text(),
                 u"data.text: is required"_s);
    }

    void aNullableObjectMayBeNull()
    {
        const Schema schema = chatMessage().nullable();
        QVERIFY(schema.validate(QJsonValue::Null));
        QVERIFY(schema.validate(fromText("{'text':'hi'}")));
        QVERIFY(!schema.validate(fromText("{'text':1}")));
    }

    void aBinaryValueIsAnAttachment()
    {
        const Schema schema = Schema::object({{"image", Schema::binary()}});
        QVERIFY(schema.validate(fromText("{'image':{'_placeholder':true,'num':0}}")));
        QCOMPARE(schema.validate(fromText("{'image':'abc'}")).error().text(),
                 u"data.image: must be a binary attachment"_s);
    }

    void aBadPatternOfTheBuilderIsFoundByCheck()
    {
        const Schema schema = Schema::string().pattern(u"["_s);
        QVERIFY(!schema.check());
        QCOMPARE(schema.check().error().path, u"pattern"_s);
        QVERIFY(!schema.validate(u"a"_s));
    }

    void theRootOfThePathIsTheCallers()
    {
        QCOMPARE(chatMessage().validate(fromText("{}"), u"body"_s).error().path, u"body.text"_s);
    }

    void patternsOfNamesMayContainThemselves()
    {
        const Schema schema
            = compiled("{'type':'object','properties':{'id':{}},"
                       "'patternProperties':{'^c':{'$ref':'#'}},'additionalProperties':false}");
        QVERIFY(schema.validate(fromText("{'id':1,'c1':{'c2':{'id':2}}}")));
        QCOMPARE(schema.validate(fromText("{'id':1,'c1':{'c2':{'x':2}}}")).error().text(),
                 u"data.c1.c2.x: is not allowed here"_s);
    }

    void manyThreadsMayUseOneSchema()
    {
        const Schema schema = chatMessage();
        std::vector<std::thread> threads;
        std::atomic<int> accepted = 0;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 200; ++n) {
                    if (schema.validate(QJsonObject{{u"text"_s, u"hi"_s}})
                        && !schema.validate(QJsonObject{{u"text"_s, 1}}))
                        ++accepted;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(accepted.load(), 800);
    }
};

DIALOGUE_TEST(TestSchema, NoApplication)
#include "tst_schema.moc"
