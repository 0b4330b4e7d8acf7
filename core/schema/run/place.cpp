#include "core/schema/run/place.h"

#include "core/json/checked.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

using namespace json;

constexpr qsizetype MaxKey = 60; // characters of a name that are shown

/** To the part of the object, or array, that \a target is in; null where it is the object itself. */
const char *descend(Place &place, const char *at, const char *end, const char *target)
{
    const bool isObject = *at == '{';
    qsizetype index = 0;
    for (bool more = checked::first(at); more; more = checked::next(at), ++index) {
        StringToken key;
        const char *value = at;
        if (isObject) {
            key = checked::string(at, end);
            value = checked::toValue(key.text.end() + 1);
        }
        const char *const behind = checked::skip(value, end);
        if (target < behind) {
            isObject ? place.descend(key.decoded()) : place.descend(index);
            return value < target ? value : nullptr;
        }
        at = behind;
    }
    return nullptr;
}

} // namespace

void Place::descend(const QString &key)
{
    static const QRegularExpression plain(u"\\A[A-Za-z_$][A-Za-z0-9_$-]*\\z"_s);
    if (key.size() > MaxKey)
        path += u"[\""_s + key.left(MaxKey) + u"…\"]"_s;
    else if (plain.match(key).hasMatch())
        path += path.isEmpty() ? key : u'.' + key;
    else
        path += u"[\""_s + key + u"\"]"_s;
    pointer += u'/' + QString(key).replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
}

void Place::descend(qsizetype index)
{
    path += u"[%1]"_s.arg(index);
    pointer += u"/%1"_s.arg(index);
}

Place placeOf(QByteArrayView text, const char *at, const QString &root)
{
    Place place{root, {}};
    for (const char *value = text.begin(); value && value < at && (*value == '{' || *value == '[');)
        value = descend(place, value, text.end(), at);
    return place;
}

} // namespace dialogue::schema
