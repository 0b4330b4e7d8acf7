#include "core/schema/run/edits.h"

#include <algorithm>

namespace dialogue::schema {

namespace {

using namespace json;

bool isBefore(const Mark &a, const Mark &b) { return std::pair(a.at, a.kind) < std::pair(b.at, b.kind); }

/** Walks a text along with its marks. */
class Editor
{
public:
    Editor(QByteArrayView text, std::vector<Mark> marks, bool strips)
        : m_end(text.end())
        , m_marks(std::move(marks))
        , m_strips(strips)
    {
        std::ranges::stable_sort(m_marks, isBefore);
    }

    const char *value(const char *at);

    QByteArray out;
    bool differs = false;
    const char *unknown = nullptr; ///< The first.

private:
    [[nodiscard]] bool has(Mark::Kind kind, const char *at) const
    {
        return std::ranges::binary_search(m_marks, Mark{kind, at}, isBefore);
    }
    void addMissing(const char *object);

    const char *const m_end;
    std::vector<Mark> m_marks;
    const bool m_strips;
};

const char *Editor::value(const char *at)
{
    const char *const begin = at;
    const char *const behind = checked::skip(at, m_end);
    const auto mark = std::ranges::lower_bound(m_marks, Mark{Mark::Evaluated, at}, isBefore);
    if ((*at != '{' && *at != '[') || mark == m_marks.end() || mark->at >= behind) { // Nobody looked into it.
        out.append(begin, behind - begin);
        return behind;
    }
    const bool isObject = *at == '{';
    const bool described = isObject && has(Mark::Described, at);
    out += *at;
    const qsizetype empty = out.size();
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        const char *const key = at;
        if (isObject)
            at = checked::toValue(checked::string(at, m_end).text.end() + 1);
        if (described && !has(Mark::Evaluated, key)) {
            unknown = unknown ? unknown : key;
            if (m_strips) {
                differs = true;
                at = checked::skip(at, m_end);
                continue;
            }
        }
        if (out.size() > empty)
            out += ',';
        out.append(key, at - key);
        at = value(at);
    }
    if (isObject)
        addMissing(begin);
    out += isObject ? '}' : ']';
    return at;
}

void Editor::addMissing(const char *object)
{
    QList<QByteArray> added;
    auto mark = std::ranges::lower_bound(m_marks, Mark{Mark::Missing, object}, isBefore);
    for (; mark != m_marks.end() && mark->at == object && mark->kind == Mark::Missing; ++mark) {
        const Member &member = *mark->member;
        if (added.contains(member.name))
            continue;
        added += member.name;
        if (!out.endsWith('{'))
            out += ',';
        out += member.quoted;
        out += ':';
        out += member.node->defaultValue();
        differs = true;
    }
}

} // namespace

const char *findUnknown(QByteArrayView text, const std::vector<Mark> &marks)
{
    Editor editor(text, marks, false);
    editor.value(text.begin());
    return editor.unknown;
}

QByteArray edited(QByteArrayView text, std::vector<Mark> marks, bool strips)
{
    Editor editor(text, std::move(marks), strips);
    editor.value(text.begin());
    return editor.differs ? editor.out : QByteArray();
}

} // namespace dialogue::schema
