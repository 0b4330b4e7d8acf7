#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace dialogue::config {

/** Where something stands in a file; both from 1, 0 when it stands nowhere. */
struct FilePosition
{
    int line = 0;
    int column = 0;
};

struct Member;

/** A value of a configuration file and where it stands. */
struct Node
{
    enum class Kind { Null, Scalar, List, Map };

    Node();
    Node(Kind kindOfValue, FilePosition where, const QString &text = {}, bool isQuoted = false);

    Kind kind = Kind::Null;
    FilePosition position;
    QString scalar;
    bool quoted = false; ///< A scalar that is text even if it looks like a number.
    QString written; ///< Of a scalar that the environment has a part in: as it stands in the file.
    std::vector<Node> items;
    std::vector<Member> members; // in the order of the file

    [[nodiscard]] const Node *find(QStringView key) const;
};

struct Member
{
    QString key;
    FilePosition position;
    Node value;
};

/** The value as JSON: plain scalars become numbers, with the digits that they have, booleans and null where
 * they look like it. */
[[nodiscard]] QByteArray toJson(const Node &node);

/** What stands there, as the second half of "must be a number, not ...". */
[[nodiscard]] QString describe(const Node &node);

/** \a text with what nobody sees (controls, blanks that are none, directions of writing) as "\\u00a0". */
[[nodiscard]] QString visible(const QString &text);

/** The position of what \a path ("events[1].name") names below \a node, or of the nearest thing above it. */
[[nodiscard]] FilePosition locate(const Node &node, QStringView path);

} // namespace dialogue::config
