#include "console/trigger/outcomewords.h"

#include "console/look/wording.h"
#include "core/base/foreigntext.h"

#include <QCoreApplication>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::Outcome)
};

/** Of "data.items[3].sku", as far as it says; names with dots in them end it. */
QString pointerOfPath(QStringView path)
{
    QString pointer;
    QString part;
    const auto end = [&] {
        if (!part.isEmpty())
            pointer += u'/' + part.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
        part.clear();
    };
    for (const QChar c : path) {
        if (c == u'.' || c == u'[' || c == u']')
            end();
        else
            part += c;
    }
    end();
    return pointer;
}

} // namespace

QString reachWords(const Result<qint64> &reached)
{
    if (!reached)
        return u"✕ "_s + printable(reached.error().text());
    if (*reached == 0)
        return Outcome::tr(
            "Would reach nobody: no one is in the room. It is kept where the room has a history.");
    return *reached == 1 ? Outcome::tr("Would reach 1 participant.")
                         : Outcome::tr("Would reach %1 participants.").arg(numberText(*reached));
}

QString outcomeWords(const Result<QJsonObject> &outcome, int done)
{
    QStringList words;
    if (done > 1 || (done == 1 && !outcome))
        words.append(Outcome::tr("%1 sent.").arg(numberText(done)));
    if (!outcome) {
        const Error &error = outcome.error();
        words.append(QString::fromLatin1(codeName(error.code)) + u": "_s + printable(error.text()));
        if (error.code == ErrorCode::ConnectionLost || error.code == ErrorCode::Timeout)
            words.append(
                Outcome::tr("Whether it was done is not known; sent again as it is, it is done once."));
    } else if (done == 0) {
        words.append(Outcome::tr("Stopped."));
    } else if (const qint64 offset = outcome->value("result"_L1)["offset"_L1].toInteger(); offset > 0) {
        words.append(Outcome::tr("Done, at offset %1.").arg(numberText(offset)));
    } else {
        words.append(Outcome::tr("Done."));
    }
    return words.join(u' ');
}

QList<SchemaFault> faultsOfData(const Error &error)
{
    QList<SchemaFault> faults;
    for (const SchemaFault &fault : error.faults) {
        if (fault.path.section(u'.', 0, 0).section(u'[', 0, 0) == u"data")
            faults.append(fault);
    }
    if (faults.isEmpty() && (error.path == u"data" || error.path.startsWith("data."_L1)))
        faults.append({.path = error.path, .message = error.message});
    for (SchemaFault &fault : faults) {
        if (fault.pointer.isEmpty())
            fault.pointer = pointerOfPath(QStringView(fault.path).sliced(4));
    }
    return faults;
}

} // namespace dialogue::console
