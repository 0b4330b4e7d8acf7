#include "server/middleware/contentsearch.h"

#include "core/json/cursor.h"
#include "core/json/writer.h"

#include <algorithm>
#include <string_view>

namespace dialogue {

namespace {

using schema::Pattern;

std::vector<QString> namesOf(const QString &pointer)
{
    std::vector<QString> names;
    if (pointer.isEmpty())
        return names;
    const QStringList parts = pointer.sliced(1).split(u'/');
    for (QString part : parts) {
        part.replace(QLatin1String("~1"), QLatin1String("/"));
        part.replace(QLatin1String("~0"), QLatin1String("~"));
        names.push_back(part);
    }
    return names;
}

QString pointerOf(const std::vector<QString> &names)
{
    QString pointer;
    for (QString name : names) {
        name.replace(u'~', QLatin1String("~0"));
        name.replace(u'/', QLatin1String("~1"));
        pointer += u'/' + name;
    }
    return pointer;
}

/** In order, and those that touch as one. */
void settle(std::vector<TextRange> &ranges)
{
    std::ranges::sort(ranges, {}, &TextRange::begin);
    std::vector<TextRange> apart;
    for (const TextRange &range : ranges) {
        if (!apart.empty() && range.begin <= apart.back().end)
            apart.back().end = std::max(apart.back().end, range.end);
        else
            apart.push_back(range);
    }
    ranges = std::move(apart);
}

/** How many units of UTF-16 \a utf8, whole characters, is. */
qsizetype unitsOf(std::string_view utf8)
{
    qsizetype units = 0;
    for (const char byte : utf8) {
        const auto value = static_cast<unsigned char>(byte);
        if ((value & 0xC0) != 0x80)
            units += value >= 0xF0 ? 2 : 1;
    }
    return units;
}

} // namespace

QString masked(const QString &text, const std::vector<TextRange> &ranges)
{
    QString out;
    out.reserve(text.size());
    qsizetype at = 0;
    for (const TextRange &range : ranges) {
        out += QStringView(text).sliced(at, range.begin - at);
        for (at = range.begin; at < range.end; ++at) {
            if (!text[at].isLowSurrogate()) // The other half of a character that has its star.
                out += u'*';
        }
    }
    return out += QStringView(text).sliced(at);
}

ContentSearch::ContentSearch(const ContentFilter &filter)
    : m_words(filter.blocklist)
    , m_maxLength(filter.maxLength)
{
    for (const QString &source : filter.patterns) {
        if (auto pattern = Pattern::compile(source))
            m_patterns.push_back(*std::move(pattern));
    }
    for (const QString &field : filter.fields)
        m_fields.push_back(namesOf(field));
}

bool ContentSearch::findPatterns(const QString &text, bool all, std::vector<TextRange> &found,
                                 int &steps) const
{
    if (m_patterns.empty())
        return true;
    const QByteArray bytes = text.toUtf8();
    const std::string_view utf8(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (const Pattern &pattern : m_patterns) {
        std::size_t from = 0;
        qsizetype units = 0; // Of all before `from`.
        while (from <= utf8.size()) {
            const Pattern::Found place = pattern.find(utf8, from, steps);
            if (place.match == Pattern::Match::TooLong)
                return false;
            if (place.match == Pattern::Match::No)
                break;
            const qsizetype begin = units + unitsOf(utf8.substr(from, place.begin - from));
            const qsizetype end = begin + unitsOf(utf8.substr(place.begin, place.end - place.begin));
            if (end > begin) {
                found.push_back({begin, end});
                if (!all)
                    return true;
            }
            units = end;
            from = place.end;
            if (place.end == place.begin) { // It may match nothing here: on with the next character.
                std::size_t next = from + 1;
                while (next < utf8.size() && (static_cast<unsigned char>(utf8[next]) & 0xC0) == 0x80)
                    ++next;
                if (from < utf8.size())
                    units += unitsOf(utf8.substr(from, next - from));
                from = next;
            }
        }
    }
    return true;
}

std::optional<std::vector<TextRange>> ContentSearch::find(const QString &text, bool all, int &steps) const
{
    std::vector<TextRange> found;
    if (!m_words.find(text, found, steps))
        return std::nullopt;
    if ((all || found.empty()) && !findPatterns(text, all, found, steps))
        return std::nullopt;
    settle(found);
    return found;
}

/** Through one JSON text, along with the fields that lead further down. */
class ContentSearch::Walk
{
public:
    Walk(const ContentSearch &search, const QByteArray &json, bool mask)
        : m_search(search)
        , m_json(json)
        , m_mask(mask)
        , m_cursor(json, json::MaxWrappedDepth, json::Cursor::Numbers::OfAnySize)
        , m_steps(static_cast<int>(std::min<qsizetype>(MaxSteps, BaseSteps + 4 * json.size())))
        , m_lengthLeft(search.m_maxLength)
    { }

    Outcome run()
    {
        std::vector<const Pointer *> fields;
        for (const Pointer &field : m_search.m_fields)
            fields.push_back(&field);
        const bool isAll = fields.empty()
            || std::ranges::any_of(m_search.m_fields, [](const Pointer &field) { return field.empty(); });
        visit(fields, isAll);
        if (m_outcome.verdict == Outcome::Verdict::Found && m_mask) {
            m_outcome.masked.append(QByteArrayView(m_json).sliced(m_copied));
        }
        return std::move(m_outcome);
    }

private:
    using Fields = std::vector<const Pointer *>; ///< Whose way has led here.

    [[nodiscard]] bool isOver() const
    {
        return m_outcome.verdict == Outcome::Verdict::TooLong
            || (m_outcome.verdict == Outcome::Verdict::Found && !m_mask);
    }

    void visit(const Fields &fields, bool isCovered)
    {
        switch (m_cursor.type()) {
        case QJsonValue::String:
            if (isCovered)
                return text();
            break;
        case QJsonValue::Object:
            for (bool more = m_cursor.enterObject(); more && !isOver(); more = m_cursor.nextMember())
                below(m_cursor.key().decoded(), fields, isCovered);
            return;
        case QJsonValue::Array: {
            qsizetype index = 0;
            for (bool more = m_cursor.enterArray(); more && !isOver(); more = m_cursor.nextItem())
                below(QString::number(index++), fields, isCovered);
            return;
        }
        default:
            break;
        }
        m_cursor.skip();
    }

    void below(const QString &name, const Fields &fields, bool isCovered)
    {
        Fields further;
        const std::size_t depth = m_place.size();
        for (const Pointer *field : fields) {
            if (isCovered || field->size() <= depth || (*field)[depth] != name)
                continue;
            isCovered = field->size() == depth + 1;
            further.push_back(field);
        }
        if (!isCovered && further.empty()) {
            m_cursor.skip();
            return;
        }
        m_place.push_back(name);
        visit(further, isCovered);
        m_place.pop_back();
    }

    void text()
    {
        const auto token = m_cursor.string();
        if (!token)
            return;
        const QString said = token->decoded();
        m_lengthLeft -= said.size();
        const auto found = m_lengthLeft < 0 ? std::nullopt : m_search.find(said, m_mask, m_steps);
        if (!found) {
            m_outcome = {Outcome::Verdict::TooLong, pointerOf(m_place)};
            return;
        }
        if (found->empty())
            return;
        if (m_outcome.verdict == Outcome::Verdict::Clean) {
            m_outcome.verdict = Outcome::Verdict::Found;
            m_outcome.pointer = pointerOf(m_place);
        }
        if (!m_mask)
            return;
        // In front of the opening quote, and behind the closing one.
        const qsizetype begin = token->text.data() - m_json.constData() - 1;
        const qsizetype end = begin + token->text.size() + 2;
        m_outcome.masked.append(QByteArrayView(m_json).sliced(m_copied, begin - m_copied));
        json::appendString(m_outcome.masked, masked(said, *found));
        m_copied = end;
    }

    const ContentSearch &m_search;
    const QByteArray &m_json;
    const bool m_mask;
    json::Cursor m_cursor;
    int m_steps;
    qsizetype m_lengthLeft;
    qsizetype m_copied = 0; ///< Of the JSON, into what is masked.
    std::vector<QString> m_place;
    Outcome m_outcome;
};

ContentSearch::Outcome ContentSearch::search(const QByteArray &json, bool mask) const
{
    return Walk(*this, json, mask).run();
}

} // namespace dialogue
