#include "console/details/jsontreemodel.h"

#include "console/details/jsonparts.h"
#include "console/model/jsonvalue.h"

#include "core/json/parsed.h"

#include <algorithm>
#include <vector>

namespace dialogue::console {

using namespace Qt::StringLiterals;

struct JsonTreeModel::Node
{
    QString name;
    QByteArrayView text;
    QJsonValue::Type type = QJsonValue::Undefined;
    Node *parent = nullptr;
    int row = 0;
    bool isRead = false;
    std::vector<std::unique_ptr<Node>> children = {};
    mutable int count = -1; ///< Of children; negative: nobody has counted them yet.

    [[nodiscard]] bool isContainer() const { return type == QJsonValue::Object || type == QJsonValue::Array; }
    [[nodiscard]] int countOfChildren() const
    {
        if (count < 0)
            count = isContainer() ? int(jsonPartsOf(text).size()) : 0;
        return count;
    }
};

namespace {

/** A binary attachment, as Socket.IO has it stand in the JSON; -1: it is none. */
int attachmentIn(QByteArrayView json)
{
    constexpr qsizetype Longest = 64;
    if (json.size() > Longest || !json.contains("_placeholder"))
        return -1;
    const QVariant number = valueAt(json, {u"num"_s});
    return valueAt(json, {u"_placeholder"_s}) == true && number.typeId() == QMetaType::LongLong
        ? number.toInt()
        : -1;
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->isRead = true;
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setEvent(const QByteArray &data, const QByteArray &meta)
{
    beginResetModel();
    m_data = data;
    m_meta = meta;
    m_faults.clear();
    m_root->children.clear();
    const auto add = [this](const QString &name, const QByteArray &text) {
        const QByteArrayView trimmed = QByteArrayView(text).trimmed();
        if (trimmed.isEmpty())
            return;
        m_root->children.push_back(
            std::make_unique<Node>(Node{.name = name, .text = trimmed, .type = jsonTypeOf(trimmed)}));
        m_root->children.back()->parent = m_root.get();
        m_root->children.back()->row = int(m_root->children.size()) - 1;
    };
    add(u"data"_s, m_data);
    add(u"meta"_s, m_meta);
    endResetModel();
}

void JsonTreeModel::setFaults(const QHash<QString, QString> &faults)
{
    m_faults = faults;
    if (rowCount() == 0)
        return;
    // Of nodes further down, too; views ask anew for all that they show.
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

JsonTreeModel::Node &JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<Node *>(index.internalPointer()) : *m_root;
}

QModelIndex JsonTreeModel::indexOf(const Node &node, int column) const
{
    return &node == m_root.get() ? QModelIndex() : createIndex(node.row, column, &node);
}

FilterField JsonTreeModel::field(const QModelIndex &index) const
{
    const Node *node = &nodeOf(index);
    while (node->parent && node->parent != m_root.get())
        node = node->parent;
    return node->name == u"meta" ? FilterField::Meta : FilterField::Data;
}

JsonSteps JsonTreeModel::steps(const QModelIndex &index) const
{
    JsonSteps steps;
    for (const Node *node = &nodeOf(index); node->parent && node->parent != m_root.get();
         node = node->parent) {
        if (node->parent->type == QJsonValue::Array)
            steps.prepend(node->row);
        else
            steps.prepend(node->name);
    }
    return steps;
}

QString JsonTreeModel::pointerOf(const Node &node) const
{
    if (!node.parent || node.parent == m_root.get())
        return {};
    return pointerTo(pointerOf(*node.parent), node.name);
}

QModelIndex JsonTreeModel::indexAt(const QString &pointer)
{
    const auto parts = partsOfPointer(pointer);
    if (!parts || m_root->children.empty() || m_root->children.front()->name != u"data")
        return {};
    Node *node = m_root->children.front().get();
    for (const QString &part : *parts) {
        fetchMore(indexOf(*node));
        // Of several members of one name the last one is it.
        const auto found = std::find_if(node->children.rbegin(), node->children.rend(),
                                        [&](const auto &child) { return child->name == part; });
        if (found == node->children.rend())
            return {};
        node = found->get();
    }
    return indexOf(*node);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent).children[std::size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const Node *const node = nodeOf(child).parent;
    return node ? indexOf(*node) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent).children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const { return ColumnCount; }

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    Node &node = nodeOf(parent);
    return node.isRead ? !node.children.empty() : node.countOfChildren() > 0;
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.column() <= 0 && !nodeOf(parent).isRead && hasChildren(parent);
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    Node &node = nodeOf(parent);
    std::vector<std::unique_ptr<Node>> children;
    for (JsonPart &part : jsonPartsOf(node.text)) {
        auto child = std::make_unique<Node>(Node{std::move(part.name), part.text, jsonTypeOf(part.text)});
        child->parent = &node;
        child->row = int(children.size());
        children.push_back(std::move(child));
    }
    beginInsertRows(parent, 0, int(children.size()) - 1);
    node.isRead = true;
    node.count = int(children.size());
    node.children = std::move(children);
    endInsertRows();
}

QVariant JsonTreeModel::valueOf(const Node &node)
{
    switch (node.type) {
    case QJsonValue::String:
        return jsonStringIn(node.text).value_or(json::fromUtf8(node.text));
    case QJsonValue::Array:
    case QJsonValue::Object:
        return node.countOfChildren();
    case QJsonValue::Bool:
        return node.text == "true";
    case QJsonValue::Null:
        return QVariant::fromValue(nullptr);
    default:
        return json::fromUtf8(node.text);
    }
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node &node = nodeOf(index);
    const bool isData = field(index) == FilterField::Data;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name:
            return node.name;
        case Value:
            return valueOf(node);
        case Type:
            return int(node.type);
        default:
            return data(index, FaultRole);
        }
    case TypeRole:
        return int(node.type);
    case TextRole:
        return node.text.toByteArray();
    case PointerRole:
        return pointerOf(node);
    case FaultRole:
        return isData && !m_faults.isEmpty() ? m_faults.value(pointerOf(node)) : QString();
    case AttachmentRole:
        if (const int number = attachmentIn(node.text); number >= 0)
            return number;
        return {};
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Value:
        return tr("Value");
    case Type:
        return tr("Type");
    case Fault:
        return tr("The schema says");
    default:
        return {};
    }
}

} // namespace dialogue::console
