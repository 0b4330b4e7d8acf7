#pragma once

#include <QByteArrayView>
#include <QString>

namespace dialogue::schema {

/** Where something stands in JSON. */
struct Place
{
    QString path; ///< For people: data.items[3].text
    QString pointer; ///< RFC 6901: /items/3/text

    void descend(const QString &key);
    void descend(qsizetype index);
};

/** The place of what begins at \a at, a value or a key, in the checked \a text, which is called \a root. */
Place placeOf(QByteArrayView text, const char *at, const QString &root);

} // namespace dialogue::schema
