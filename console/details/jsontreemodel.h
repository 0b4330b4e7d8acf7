#pragma once

#include "console/details/filterterm.h"

#include <QAbstractItemModel>
#include <QByteArray>
#include <QHash>

#include <memory>

namespace dialogue::console {

/**
 * What an event says, as a tree: its data and, where there is any, its meta. Over the text as it came, so
 * that numbers keep their digits; what is inside an array or object is read when somebody looks into it.
 */
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Type, Fault, ColumnCount };
    enum Role {
        TypeRole = Qt::UserRole + 1, ///< QJsonValue::Type, as an int.
        TextRole, ///< QByteArray: the JSON, as it came.
        PointerRole, ///< QString, RFC 6901: in the data, or meta, that it belongs to.
        FaultRole, ///< QString: what the schema says of it.
        AttachmentRole, ///< int; of what stands for a binary attachment alone.
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setEvent(const QByteArray &data, const QByteArray &meta);
    /** What is wrong with the data, in words, by pointer. */
    void setFaults(const QHash<QString, QString> &faults);

    /** What the tree's top is that \a index is in. */
    [[nodiscard]] FilterField field(const QModelIndex &index) const;
    [[nodiscard]] JsonSteps steps(const QModelIndex &index) const;
    /** Of the data; reads what it is inside of. Invalid where nothing is there. */
    [[nodiscard]] QModelIndex indexAt(const QString &pointer);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /** Of a value what it is: a text, a number as it is written, a truth; of arrays and objects how many are
     * inside. */
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;

    [[nodiscard]] Node &nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node, int column = 0) const;
    [[nodiscard]] QString pointerOf(const Node &node) const;
    [[nodiscard]] static QVariant valueOf(const Node &node);

    QByteArray m_data;
    QByteArray m_meta;
    QHash<QString, QString> m_faults;
    std::unique_ptr<Node> m_root;
};

} // namespace dialogue::console
