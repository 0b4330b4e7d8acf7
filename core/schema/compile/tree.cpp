#include "core/schema/compile/tree.h"

#include "core/json/checked.h"
#include "core/schema/run/canonical.h"

namespace dialogue::schema {

namespace {

using namespace json;

Json read(const char *&at, const char *end)
{
    const char *const begin = at;
    Json value;
    value.type = Cursor(QByteArrayView(at, end)).type();
    if (value.type == Json::Type::Object) {
        for (bool more = checked::first(at); more; more = checked::next(at)) {
            const StringToken key = checked::string(at, end);
            at = checked::toValue(key.text.end() + 1);
            const QByteArray name = utf8Of(key);
            std::erase_if(value.members, [&](const auto &member) { return member.name == name; });
            value.members.push_back({name, read(at, end)});
        }
    } else if (value.type == Json::Type::Array) {
        for (bool more = checked::first(at); more; more = checked::next(at))
            value.items.push_back(read(at, end));
    } else {
        at = checked::skip(at, end);
    }
    value.text = QByteArrayView(begin, at);
    if (value.type == Json::Type::String)
        value.string = utf8Of(checked::string(begin, end));
    return value;
}

} // namespace

const Json *Json::find(QByteArrayView key) const
{
    for (const auto &[name, value] : members) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

Json readTree(QByteArrayView text)
{
    const char *at = text.begin();
    return read(at, text.end());
}

} // namespace dialogue::schema
