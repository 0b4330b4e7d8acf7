// The same by valijson, over the tree that Qt makes of the text: one of the programs that bench/schema.py
// runs.
#include "bench/micro/validation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace {

QJsonValue valueOf(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

int main(int argc, char **argv)
{
    using namespace dialogue;
    const auto task = microbench::readTask(argc, argv);
    if (!task)
        return 2;
    valijson::Schema schema;
    const QJsonValue document = valueOf(task->schema);
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(document), schema);
    valijson::Validator validator;
    return microbench::measure(*task, [&] {
        const QJsonValue data = valueOf(task->data);
        return task->onlyReads
            || validator.validate(schema, valijson::adapters::QtJsonAdapter(data), nullptr);
    });
}
