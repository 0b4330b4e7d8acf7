// The one translation unit that sees yaml-cpp; its exceptions end here.
#include "server/config/yaml.h"

#include "server/config/nodebuilder.h"
#include "server/config/textplaces.h"
#include "server/config/yamlfault.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

class YamlReader : public YAML::EventHandler
{
public:
    YamlReader(const QByteArray &text, Issues &issues)
        : m_text(text)
        , m_places(text)
        , m_builder(issues)
    { }

    Node take() { return m_builder.take(); }

    /** What \a exception means, and where; the second half of what is read is not known then. */
    [[nodiscard]] Refusal explain(const YAML::Exception &exception)
    {
        YamlFault fault{.text = m_text,
                        .message = QByteArrayView(exception.msg),
                        .offset = exception.mark.is_null() ? -1 : qsizetype(exception.mark.pos),
                        .lastScalar = m_lastScalar,
                        .quoteBegin = m_quoteBegin,
                        .quoteEnd = m_quoteEnd};
        if (m_builder.isOpen())
            fault.container = m_builder.innermost().position;
        return dialogue::config::explain(fault);
    }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t) override
    {
        m_builder.add(Node(Node::Kind::Null, positionOf(mark)));
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        throw Refusal{positionOf(mark), aliasRefused()};
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t,
                  const std::string &value) override
    {
        const bool quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
        if (!quoted && tag != "?" && !tag.empty())
            throw Refusal{positionOf(mark), u"tags (!name) are not supported"_s};
        m_lastScalar = qsizetype(mark.pos);
        if (quoted)
            findEndOfQuotes();
        m_builder.add(Node(Node::Kind::Scalar, positionOf(mark), QString::fromStdString(value), quoted));
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        m_builder.open(Node(Node::Kind::List, positionOf(mark)));
    }
    void OnSequenceEnd() override { m_builder.close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        m_builder.open(Node(Node::Kind::Map, positionOf(mark)));
    }
    void OnMapEnd() override { m_builder.close(); }

    /** The parser takes the end of the file for a closing quote. */
    void findEndOfQuotes()
    {
        const qsizetype end = endOfQuotes(m_text, m_lastScalar);
        if (end < 0)
            throw Refusal{m_places.at(m_lastScalar), neverClosed()};
        m_quoteBegin = m_lastScalar;
        m_quoteEnd = end;
    }

protected:
    [[nodiscard]] FilePosition positionOf(const YAML::Mark &mark) { return m_places.at(mark.pos); }
    [[nodiscard]] bool standsAt(const YAML::Mark &mark, QByteArrayView word) const
    {
        return QByteArrayView(m_text).sliced(std::min(qsizetype(mark.pos), m_text.size())).startsWith(word);
    }

private:
    const QByteArray &m_text;
    TextPlaces m_places;
    NodeBuilder m_builder;
    qsizetype m_lastScalar = 0;
    qsizetype m_quoteBegin = 0; ///< Of the last text in quotes ...
    qsizetype m_quoteEnd = 0; ///< ... and what is behind its closing quote.
};

/** A handler that only notices that there is something. */
class Noticer : public YamlReader
{
public:
    using YamlReader::YamlReader;
    void OnDocumentStart(const YAML::Mark &mark) override
    {
        throw Refusal{positionOf(mark),
                      standsAt(mark, "---")
                          ? u"a second document (---) begins here; a file has one"_s
                          : u"stands behind the end of the document: its indentation fits nothing above, or "
                            u"something above ends too early"_s};
    }
};

} // namespace

std::optional<Node> parseYaml(const QByteArray &text, Issues &issues)
{
    YamlReader reader(text, issues);
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(reader))
            return Node{};
        Noticer noticer(text, issues);
        parser.HandleNextDocument(noticer);
        return reader.take();
    } catch (const Refusal &refusal) {
        issues.error(refusal.position, {}, refusal.message);
    } catch (const YAML::Exception &exception) {
        const Refusal refusal = reader.explain(exception);
        issues.error(refusal.position, {}, refusal.message);
    } catch (const std::exception &exception) {
        issues.error({}, {}, u"cannot be read as YAML: %1"_s.arg(QString::fromUtf8(exception.what())));
    }
    return {};
}

} // namespace dialogue::config
