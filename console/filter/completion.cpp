#include "console/filter/completion.h"

#include "console/filter/filterplace.h"
#include "console/filter/schemaplaces.h"

#include "core/filter/filterfield.h"
#include "core/filter/lexer.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;
using Kind = filter::Token::Kind;
using Expects = FilterPlace::Expects;

namespace {

constexpr qsizetype MostSuggestions = 100;

QString written(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

/** As a member behind a dot may be called. */
bool isName(const QString &text)
{
    filter::Lexer lexer(text);
    const filter::Token token = lexer.next();
    return token.kind == Kind::Name && token.length == text.size();
}

/** What is being written at the cursor: a name, or a text whose quote is open. */
struct Begun
{
    qsizetype from;
    qsizetype to;
    QString text = {}; ///< Without the quote.
};

Begun begunAt(QStringView text, qsizetype cursor)
{
    filter::Lexer lexer(text.first(cursor));
    filter::Token last;
    for (filter::Token token = lexer.next(); token.kind != Kind::End; token = lexer.next())
        last = token;
    const QStringView what = text.sliced(last.at, last.length);
    const bool isOpenText = last.kind == Kind::Wrong && (what.startsWith(u'"') || what.startsWith(u'\''));
    if (last.end() != cursor || !(last.kind == Kind::Name || isOpenText))
        return {cursor, cursor};
    if (isOpenText) {
        const bool isClosed = cursor < text.size() && text[cursor] == what.front();
        return {last.at, isClosed ? cursor + 1 : cursor, what.sliced(1).toString()};
    }
    // The rest of the same word goes as well.
    filter::Lexer whole(text.sliced(last.at));
    return {last.at, last.at + whole.next().length, what.toString()};
}

/** The events that \a text asks for, where it says event == "..." or event in [...]. */
QStringList eventsNamedIn(QStringView text)
{
    QStringList events;
    filter::Lexer lexer(text);
    bool isAboutEvent = false;
    for (filter::Token token = lexer.next(); token.kind != Kind::End; token = lexer.next()) {
        const QStringView word
            = token.kind == Kind::Name ? text.sliced(token.at, token.length) : QStringView();
        if (token.kind == Kind::Text && isAboutEvent)
            events.append(token.text);
        else if (word == u"event")
            isAboutEvent = true;
        else if (word != u"in" && token.kind != Kind::Equal && token.kind != Kind::OpenBracket
                 && token.kind != Kind::Comma)
            isAboutEvent = false;
    }
    return events;
}

class Completing
{
public:
    Completing(QStringView text, qsizetype cursor, const FilterVocabulary &vocabulary)
        : m_text(text)
        , m_vocabulary(vocabulary)
        , m_begun(begunAt(text, cursor))
        , m_place(text.first(m_begun.from))
    { }

    QList<FilterSuggestion> suggestions()
    {
        switch (m_place.expects()) {
        case Expects::Operand:
            for (const QString &name : filterFieldNames())
                suggest(FilterSuggestion::Kind::Field, name, name);
            break;
        case Expects::Member:
        case Expects::Step:
            suggestMembers();
            break;
        case Expects::Operator:
            suggestOperators();
            suggestConnectives();
            break;
        case Expects::Connective:
            suggestConnectives();
            break;
        case Expects::Value:
        case Expects::Item:
            suggestValues();
            break;
        case Expects::EndOfStep:
        case Expects::List:
        case Expects::EndOfItem:
        case Expects::Nothing:
            break;
        }
        return m_suggestions;
    }

private:
    /** \a text, where \a name begins with what was begun. */
    void suggest(FilterSuggestion::Kind kind, const QString &name, const QString &text,
                 const QString &detail = {})
    {
        if (name.startsWith(m_begun.text, Qt::CaseInsensitive) && m_suggestions.size() < MostSuggestions)
            m_suggestions.append({kind, text, m_begun.from, m_begun.to, detail});
    }

    [[nodiscard]] SchemaPlaces places() const
    {
        QStringList events = eventsNamedIn(m_text);
        const auto isKnown = [&](const QString &event) { return m_vocabulary.schemas.contains(event); };
        if (std::none_of(events.begin(), events.end(), isKnown))
            events = m_vocabulary.schemas.keys();
        events.sort();
        QList<QJsonObject> schemas;
        if (m_place.field() == FilterField::Data) {
            for (const QString &event : std::as_const(events))
                schemas.append(m_vocabulary.schemas.value(event));
        }
        SchemaPlaces places(schemas);
        for (const auto &step : m_place.steps()) {
            const auto *const name = std::get_if<QString>(&step);
            places = name ? places.member(*name) : places.item(std::get<int>(step));
        }
        return places;
    }

    void suggestMembers()
    {
        const SchemaPlaces all = places();
        for (const QString &name : all.members()) {
            const SchemaPlaces member = all.member(name);
            QString detail = member.types().join(u", "_s);
            if (const QString description = member.description(); !description.isEmpty())
                detail += (detail.isEmpty() ? QString() : u": "_s) + description;
            const bool isBracket = m_place.expects() == Expects::Step || !isName(name);
            const qsizetype before = m_suggestions.size();
            suggest(FilterSuggestion::Kind::Member, name, isBracket ? u"[%1]"_s.arg(written(name)) : name,
                    detail);
            // The brackets stand in place of the dot, or of the bracket that is there.
            if (isBracket && m_suggestions.size() > before)
                m_suggestions.last().from = m_place.lastSign();
        }
    }

    void suggestOperators()
    {
        const std::optional<FilterField> field = m_place.field();
        const QStringList types = field && isPayload(*field) ? places().types() : QStringList();
        const bool isText = field && !isPayload(*field) && !isNumber(*field);
        const bool mayBeOrdered
            = !isText && !(types == QStringList{u"string"_s} || types == QStringList{u"boolean"_s});
        const bool mayBeLike
            = field && (isText || (isPayload(*field) && (types.isEmpty() || types.contains(u"string"_s))));
        QStringList operators{u"=="_s, u"!="_s};
        if (mayBeOrdered)
            operators += {u"<"_s, u"<="_s, u">"_s, u">="_s};
        if (mayBeLike)
            operators += {u"~"_s, u"!~"_s};
        if (field)
            operators += u"in"_s;
        for (const QString &each : std::as_const(operators))
            suggest(FilterSuggestion::Kind::Operator, each, each);
    }

    void suggestConnectives()
    {
        for (const QString &each : {u"&&"_s, u"||"_s, u")"_s}) {
            if (each != u")" || m_place.openParentheses() > 0)
                suggest(FilterSuggestion::Kind::Operator, each, each);
        }
    }

    void suggestValues()
    {
        const QStringList *const names = namesOfField();
        if (names) {
            for (const QString &each : *names)
                suggest(FilterSuggestion::Kind::Value, each, written(each));
            return;
        }
        if (!m_place.field() || !isPayload(*m_place.field()))
            return;
        const SchemaPlaces all = places();
        QList<QJsonValue> values = all.values();
        if (all.types().contains(u"boolean"_s))
            values += {QJsonValue(true), QJsonValue(false)};
        if (all.types().contains(u"null"_s))
            values += QJsonValue(QJsonValue::Null);
        for (const QJsonValue &each : std::as_const(values))
            suggest(FilterSuggestion::Kind::Value, each.isString() ? each.toString() : written(each),
                    written(each));
    }

    [[nodiscard]] const QStringList *namesOfField() const
    {
        switch (m_place.field().value_or(FilterField::Data)) {
        case FilterField::Room:
            return &m_vocabulary.rooms;
        case FilterField::Event:
            return &m_vocabulary.events;
        case FilterField::From:
            return &m_vocabulary.users;
        case FilterField::Node:
            return &m_vocabulary.nodes;
        default:
            return nullptr;
        }
    }

    QStringView m_text;
    const FilterVocabulary &m_vocabulary;
    Begun m_begun;
    FilterPlace m_place;
    QList<FilterSuggestion> m_suggestions;
};

} // namespace

QList<FilterSuggestion> completions(QStringView text, qsizetype cursor, const FilterVocabulary &vocabulary)
{
    return Completing(text, std::clamp<qsizetype>(cursor, 0, text.size()), vocabulary).suggestions();
}

} // namespace dialogue::console
