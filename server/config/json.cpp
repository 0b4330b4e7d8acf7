#include "server/config/json.h"

#include "core/json/cursor.h"
#include "server/config/document.h"
#include "server/config/nodebuilder.h"
#include "server/config/textplaces.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

using json::Cursor;

class JsonReader
{
public:
    JsonReader(const QByteArray &text, Issues &issues)
        : m_text(text)
        , m_places(text)
        , m_cursor(text, MaxDepth)
        , m_builder(issues)
    { }

    /** Throws a Refusal where the text is wrong. */
    Node read()
    {
        readValue();
        if (!m_cursor.atEnd())
            throw Refusal{m_places.at(m_cursor.faultOffset()), u"is not JSON: %1"_s.arg(fault())};
        return m_builder.take();
    }

private:
    void readValue()
    {
        const Cursor::Type type = m_cursor.type();
        const FilePosition here = m_places.at(m_cursor.position());
        switch (type) {
        case Cursor::Type::Object:
            m_builder.open(Node(Node::Kind::Map, here));
            for (bool more = m_cursor.enterObject(); more; more = m_cursor.nextMember()) {
                const json::StringToken &key = m_cursor.key();
                m_builder.add(Node(Node::Kind::Scalar, m_places.at(key.text.data() - m_text.data() - 1),
                                   key.decoded(), true));
                readValue();
            }
            return close();
        case Cursor::Type::Array:
            m_builder.open(Node(Node::Kind::List, here));
            for (bool more = m_cursor.enterArray(); more; more = m_cursor.nextItem())
                readValue();
            return close();
        case Cursor::Type::String:
            if (const auto string = m_cursor.string())
                m_builder.add(Node(Node::Kind::Scalar, here, string->decoded(), true));
            return;
        case Cursor::Type::Null:
            m_cursor.skip();
            return m_builder.add(Node(Node::Kind::Null, here));
        default: // A number, true, false: written as in YAML. Or nothing that begins a value.
            const QString word = QString::fromUtf8(m_cursor.skip());
            m_builder.add(Node(Node::Kind::Scalar, here, word));
        }
    }

    void close()
    {
        if (!m_cursor.failed()) // Else there may be a key without its value, and nobody asks for them.
            m_builder.close();
    }

    /** What is wrong, and for the usual slips why. */
    [[nodiscard]] QString fault() const
    {
        const qsizetype at = m_cursor.faultOffset();
        const QByteArrayView rest = QByteArrayView(m_text).sliced(at);
        if (m_text.trimmed().isEmpty())
            return u"the file is empty"_s;
        if (rest.startsWith("//") || rest.startsWith("/*") || rest.startsWith('#'))
            return u"it has no comments; in a file of YAML they begin with \"#\""_s;
        if (rest.startsWith('\''))
            return u"it has double quotes only"_s;
        const QByteArrayView before = QByteArrayView(m_text).first(at).trimmed();
        if (before.endsWith(',') && (rest.startsWith('}') || rest.startsWith(']')))
            return u"a comma stands before the \"%1\""_s.arg(QLatin1Char(rest.front()));
        QString fault = m_cursor.fault();
        fault.front() = fault.front().toLower();
        return before.isEmpty() ? fault + u"; a file of YAML is not named .json"_s : fault;
    }

    const QByteArray &m_text;
    TextPlaces m_places;
    Cursor m_cursor;
    NodeBuilder m_builder;
};

} // namespace

std::optional<Node> parseJson(const QByteArray &text, Issues &issues)
{
    try {
        return JsonReader(text, issues).read();
    } catch (const Refusal &refusal) {
        issues.error(refusal.position, {}, refusal.message);
    }
    return {};
}

} // namespace dialogue::config
