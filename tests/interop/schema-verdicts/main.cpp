// Schemas and data in, verdicts out, for the tests that hold them against another validator's. A line is
//     {"schema": ..., "data": [..., ...]}
// and what answers it "101", a digit for each, or "!" and why the schema is none.

#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "core/schema/schema.h"

#include <QByteArray>
#include <QList>

#include <iostream>
#include <string>

using namespace dialogue;

namespace {

std::string verdicts(QByteArrayView line)
{
    QByteArray schemaText;
    QList<QByteArray> data;
    json::Cursor cursor(line);
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        if (cursor.key().is("schema")) {
            schemaText = cursor.skip().toByteArray();
        } else {
            for (bool item = cursor.enterArray(); item; item = cursor.nextItem())
                data += cursor.skip().toByteArray();
        }
    }
    if (!cursor.atEnd())
        return '!' + cursor.error().text().toStdString();
    const Result<Schema> schema = Schema::fromText(schemaText);
    if (!schema)
        return '!' + schema.error().text().toStdString();
    std::string answer;
    for (const QByteArray &text : std::as_const(data)) {
        JsonData checked = JsonData::fromText(text);
        const Result<void> admitted = schema->admit(checked);
        const bool tooMuch = !admitted && admitted.error().code != ErrorCode::ValidationFailed;
        answer += admitted ? '1' : tooMuch ? '?' : '0';
    }
    return answer;
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::cout << verdicts(QByteArrayView(line.data(), static_cast<qsizetype>(line.size()))) << '\n';
    return 0;
}
