// The one translation unit that sees yaml-cpp; its exceptions end here.
#include "server/config/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <QHash>

#include <sstream>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** What this reader does not take, though YAML does. Thrown through the parser, caught in parseYaml(). */
struct Refusal
{
    Position position;
    QString message;
};

Position positionOf(const YAML::Mark &mark) { return {mark.line + 1, mark.column + 1}; }

class NodeBuilder : public YAML::EventHandler
{
public:
    explicit NodeBuilder(Issues &issues)
        : m_issues(issues)
    { }

    Node take() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t) override
    {
        add(Node(Node::Kind::Null, positionOf(mark)));
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        throw Refusal{positionOf(mark), u"aliases (*name) are not supported; write the value out"_s};
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t,
                  const std::string &value) override
    {
        const bool quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
        if (!quoted && tag != "?" && !tag.empty())
            throw Refusal{positionOf(mark), u"tags (!name) are not supported"_s};
        add(Node(Node::Kind::Scalar, positionOf(mark), QString::fromStdString(value), quoted));
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        open(Node(Node::Kind::List, positionOf(mark)));
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        open(Node(Node::Kind::Map, positionOf(mark)));
    }
    void OnMapEnd() override { close(); }

private:
    struct Level
    {
        Node node;
        bool haveKey = false;
        QString key = {};
        Position keyPosition = {};
        QHash<QString, int> lines = {}; // of the keys so far
    };

    void open(Node node)
    {
        if (m_levels.size() >= kMaxDepth) {
            throw Refusal{node.position, u"is nested too deeply; at most %1 levels"_s.arg(kMaxDepth)};
        }
        m_levels.push_back({.node = std::move(node)});
    }

    void close()
    {
        Node node = std::move(m_levels.back().node);
        m_levels.pop_back();
        add(std::move(node));
    }

    void add(Node node)
    {
        if (++m_count > kMaxNodes)
            throw Refusal{node.position, u"the file has more than %1 values"_s.arg(kMaxNodes)};
        if (m_levels.empty()) {
            m_root = std::move(node);
            return;
        }
        Level &level = m_levels.back();
        if (level.node.kind == Node::Kind::List)
            level.node.items.push_back(std::move(node));
        else if (!level.haveKey)
            addKey(level, node);
        else
            addValue(level, std::move(node));
    }

    void addKey(Level &level, const Node &node)
    {
        if (node.kind != Node::Kind::Scalar)
            throw Refusal{node.position, u"a key must be a word, not %1"_s.arg(describe(node))};
        level.haveKey = true;
        level.key = node.scalar;
        level.keyPosition = node.position;
    }

    void addValue(Level &level, Node node)
    {
        level.haveKey = false;
        if (const auto first = level.lines.constFind(level.key); first != level.lines.constEnd()) {
            m_issues.error(
                level.keyPosition, {},
                u"key '%1' stands here a second time; the first is in line %2"_s.arg(level.key).arg(*first));
            return;
        }
        level.lines.insert(level.key, level.keyPosition.line);
        // An empty value has no place of its own that helps.
        if (node.kind == Node::Kind::Null)
            node.position = level.keyPosition;
        level.node.members.push_back({level.key, level.keyPosition, std::move(node)});
    }

    Issues &m_issues;
    std::vector<Level> m_levels;
    Node m_root;
    int m_count = 0;
};

/** A handler that only notices that there is something. */
class Noticer : public NodeBuilder
{
public:
    using NodeBuilder::NodeBuilder;
    void OnDocumentStart(const YAML::Mark &mark) override
    {
        throw Refusal{positionOf(mark), u"a second document (---) begins here; a file has one"_s};
    }
};

} // namespace

std::optional<Node> parseYaml(const QByteArray &text, Issues &issues)
{
    if (text.size() > kMaxFileSize) {
        issues.error({}, {}, u"is larger than %1 MB"_s.arg(kMaxFileSize / (1024 * 1024)));
        return {};
    }
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        NodeBuilder builder(issues);
        if (!parser.HandleNextDocument(builder))
            return Node{};
        Noticer noticer(issues);
        parser.HandleNextDocument(noticer);
        return builder.take();
    } catch (const Refusal &refusal) {
        issues.error(refusal.position, {}, refusal.message);
    } catch (const YAML::Exception &exception) {
        const Position position = exception.mark.is_null() ? Position{} : positionOf(exception.mark);
        issues.error(position, {}, u"is not YAML: %1"_s.arg(QString::fromStdString(exception.msg)));
    } catch (const std::exception &exception) {
        issues.error({}, {}, u"cannot be read as YAML: %1"_s.arg(QString::fromUtf8(exception.what())));
    }
    return {};
}

} // namespace dialogue::config
