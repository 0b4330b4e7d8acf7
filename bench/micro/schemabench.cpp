// How long this project's engine takes from an event's text to the verdict: one of the programs that
// bench/schema.py runs.
#include "bench/micro/validation.h"

#include "core/json/cursor.h"
#include "core/schema/schema.h"

namespace {

using namespace dialogue;

/** Is nothing but well-formed JSON asked for: what reading the text once costs. */
bool reads(const QByteArray &text) { return json::check(text).has_value(); }

} // namespace

int main(int argc, char **argv)
{
    const auto task = microbench::readTask(argc, argv);
    if (!task)
        return 2;
    const Result<Schema> schema = Schema::fromText(task->schema);
    if (!schema)
        return microbench::refuse(schema.error().text());
    return microbench::measure(*task, [&] {
        if (!reads(task->data))
            return false;
        if (task->onlyReads)
            return true;
        JsonData data = JsonData::fromText(task->data);
        return schema->admit(data, {}, 1'000'000'000).has_value();
    });
}
