#include "server/config/schemafile.h"

#include "server/config/document.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

Error wrong(const QString &message) { return {.code = ErrorCode::ConfigError, .message = message}; }

} // namespace

Result<Schema> readSchemaFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(u"%1: cannot be read: %2"_s.arg(fileName, file.errorString()));
    Issues issues(fileName);
    const std::optional<Node> node = parseDocument(file.read(kMaxFileSize + 1), issues);
    if (issues.hasErrors())
        return wrong(issues.sorted().constFirst().text());
    if (!node || node->kind != Node::Kind::Map)
        return wrong(u"%1: must hold a JSON Schema, which is an object"_s.arg(fileName));
    const Result<Schema> schema = Schema::fromJson(toJson(*node).toObject());
    if (!schema) {
        issues.error(locate(*node, schema.error().path), schema.error().path, schema.error().message);
        return wrong(issues.sorted().constFirst().text());
    }
    return schema;
}

} // namespace dialogue::config
