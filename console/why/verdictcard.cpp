#include "console/why/verdictcard.h"

#include "console/look/fieldlist.h"
#include "console/look/titlefont.h"
#include "console/look/tonedlabel.h"
#include "console/look/wording.h"
#include "console/why/verdictwords.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

VerdictCard::VerdictCard(const QJsonObject &verdict, QWidget *parent)
    : QFrame(parent)
{
    setFrameShape(QFrame::StyledPanel);
    const VerdictWords words = verdictWords(verdict[u"verdict"_s].toString());
    const QString client = verdict[u"id"_s].toString();
    auto *const title = new TonedLabel(words.tone, words.title);
    title->setFont(titleFont(title->font()));
    title->letNothingGrow();
    auto *const column = new QVBoxLayout(this);
    column->addWidget(title);
    if (!client.isEmpty()) {
        const QString user = verdict[u"userId"_s].toString();
        auto *const who = new TonedLabel(
            Tone::Quiet, tr("%1, by the client %2").arg(foreignText(user, 128), foreignText(client, 128)));
        who->letNothingGrow();
        column->addWidget(who);
    }
    auto *const hint = new QLabel(words.hint);
    hint->setWordWrap(true);
    hint->setTextFormat(Qt::PlainText);
    column->addWidget(hint);
    auto *const evidence = new FieldList;
    evidence->setFields(evidenceFields(verdict[u"evidence"_s].toObject()));
    column->addWidget(evidence);
    if (!client.isEmpty()) {
        auto *const timeline = new QPushButton(tr("What became of this client"));
        connect(timeline, &QPushButton::clicked, this, [this, client] { Q_EMIT timelineWanted(client); });
        column->addWidget(timeline, 0, Qt::AlignLeading);
    }
    // Screen readers read the verdict when somebody comes to the card.
    setAccessibleName(words.title);
    setAccessibleDescription(words.hint);
}

} // namespace dialogue::console
