#include "program.h"
#include "testclasses.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/**
 * The quick starts of README.md, run as they stand there but for the port: 3000 may be taken where tests run.
 * The two programs in C++ are built so by this folder's CMakeLists.txt, the client in JavaScript is read
 * here.
 */
class TestReadme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theClientInJavaScriptPrintsItsMessage()
    {
        Program server(QStringLiteral(README_SERVER));
        const QUrl url = server.waitForUrl();
        QVERIFY2(url.isValid(), server.said().constData());

        QString text = block(u"js"_s);
        const QString address = u"\"http://127.0.0.1:3000\""_s;
        QCOMPARE(text.count(address), 1);
        text.replace(address, u'"' + url.toString() + u'"');

        QTemporaryDir folder;
        QFile file(folder.filePath(u"client.mjs"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.close();
        const QString modules = QStringLiteral(NODE_MODULES);
        QVERIFY2(QFileInfo::exists(modules + u"/socket.io-client"_s),
                 "run 'npm ci' in tests/interop, or ./dev test, which does so");
        QVERIFY(QFile::link(modules, folder.filePath(u"node_modules"_s)));

        Program client(u"node"_s, {file.fileName()});
        QVERIFY2(client.waitFor("\n"), client.said().constData());
        static const QRegularExpression line(u"^message \\S+ Hello$"_s);
        QVERIFY2(line.match(QString::fromUtf8(client.said().trimmed())).hasMatch(),
                 client.said().constData());
    }

    void theClientInQtPrintsItsMessage()
    {
        Program server(QStringLiteral(README_SERVER));
        const QUrl url = server.waitForUrl();
        QVERIFY2(url.isValid(), server.said().constData());

        Program client(QStringLiteral(README_CLIENT), {}, {u"README_URL="_s + url.toString()});
        QVERIFY2(client.waitFor("\n"), client.said().constData());
        static const QRegularExpression line(u"^\"\\S+\" \"Hello\"$"_s);
        QVERIFY2(line.match(QString::fromUtf8(client.said().trimmed())).hasMatch(),
                 client.said().constData());
    }

private:
    /** The first block of \a language in README.md; empty when there is none. */
    static QString block(const QString &language)
    {
        QFile file(QStringLiteral(README_FILE));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QString text = QString::fromUtf8(file.readAll());
        const QString open = u"\n```"_s + language + u'\n';
        const qsizetype begin = text.indexOf(open);
        const qsizetype end = text.indexOf(u"\n```\n"_s, begin + open.size());
        return begin < 0 || end < 0 ? QString() : text.mid(begin + open.size(), end - begin - open.size());
    }
};

DIALOGUE_TEST(TestReadme, QCoreApplication)
#include "tst_readme.moc"
