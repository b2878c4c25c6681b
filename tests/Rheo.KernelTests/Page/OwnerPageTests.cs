using System.Net;
using System.Text.Json;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Page;

/// <summary>Whose the ends are, on the page: the agent's own answers, with owners written into them on the way.</summary>
public sealed class OwnerPageTests(PageFixture page) : IClassFixture<PageFixture>
{
    private Browser Browser => page.Browser;

    [RootFact]
    public void BothEndsAreNamedInTheRowAndInTheDetails() => With(Owned("curl", "session-2.scope"), () =>
    {
        Open("?filter=tcp+port+5432");
        Browser.Await("document.querySelector('.rows .cell.process')?.innerText === 'curl → –' && document.querySelector('.rows .cell.process').title === 'curl[4711] → –'");
        Browser.Press("j");
        Browser.Press("Enter");
        Browser.Await("document.querySelector('.details .facts')?.innerText.includes('curl[4711], /usr/bin/curl, uid 1000, container 3f4a0c5d9e1b, session-2.scope')");
        NothingIsWrong();
    });

    [RootFact]
    public void OneKeyGroupsAndTheAddressKeepsIt() => With(Owned("curl", "a.service"), () =>
    {
        Open("");
        Browser.Await("document.querySelectorAll('.rows .row').length > 10");
        Browser.Press("g");
        Browser.Await("location.search === '?group=process' && document.querySelectorAll('.rows .row').length === 1");
        Browser.Await("document.querySelector('.rows .row').innerText.includes('curl[4711]')");
        Browser.Press("g");
        Browser.Await("location.search === '?group=container' && document.querySelector('.rows .row').innerText.includes('3f4a0c5d9e1b')");
        Browser.Press("g");
        Browser.Await("location.search === '?group=host' && document.querySelector('.rows').innerText.includes('10.9.9.')");
        Browser.Press("g");
        Browser.Await("location.search === '?group=connection'");
        Browser.Press("g");
        Browser.Await("location.search === '?group=listener'");
        Browser.Press("g");
        Browser.Await("location.search === '?group=drops'");
        Browser.Press("g");
        Browser.Await("location.search === ''");
        NothingIsWrong();
    });

    [RootFact]
    public void AGroupIsGoneInto() => With(Owned("curl", "a.service"), () =>
    {
        Open("?group=host&filter=tcp+port+5432");
        Browser.Await("document.querySelectorAll('.rows .row').length === 2");
        Browser.Press("j");
        Browser.Press("Enter");
        Browser.Await("location.search.startsWith('?filter=host+10.9.9.') && !location.search.includes('group')");
        NothingIsWrong();
    });

    // Answers of ICMP are nobody's, wherever this runs.
    [RootFact]
    public void WhatRunsInNoContainerAndNoUnitIsGoneInto()
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9993));
        With("flow.source.process = { pid: 4711, name: 'curl', executable: '/usr/bin/curl', uid: 1000 }; delete flow.destination.process;", () =>
        {
            Open("?group=container");
            Browser.Await("document.querySelectorAll('.rows .row').length === 1 && document.querySelector('.rows .name').innerText === '–'");
            Browser.Press("j");
            Browser.Press("Enter");
            Browser.Await("location.search === '?filter=not+container%3A*+and+not+unit%3A*'");
            Thread.Sleep(1500); // the answer to that
            Assert.NotEqual("0", Browser.Text("document.querySelectorAll('.rows .row').length"));
            NothingIsWrong();
        });
    }

    [RootFact]
    public void WhateverTheAgentSaysOfNamesIsText()
    {
        // All of them at once, each a row's: the API's data and not an address.
        var texts = HostileText.All.Where(text => text.Length > 0 && text.Length < 300).Select(Whole).Distinct().Take(2000).ToArray();
        With(Hostile, () =>
        {
            Open("?limit=50");
            Browser.Await("globalThis.rheoServed > 20");
            Browser.Press("g");
            Browser.Await("document.querySelectorAll('.rows .row').length > 10");
            var served = Browser.Text("rheoServed");
            Browser.Await($"rheoServed > {served} + 20");
            Assert.Equal("0", Browser.Text("document.querySelectorAll('img, script:not([src]), iframe, [onload], [onerror], [onfocus]').length"));
            Assert.Equal("false", Browser.Text("/[\\p{Cc}\\p{Cf}]/u.test(document.querySelector('.rows').textContent)"));
            NothingIsWrong();
        }, texts);
    }

    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    // In the place of those that the agent itself has found.
    private static string Owned(string name, string unit) =>
        "delete flow.source.processes; delete flow.destination.process; delete flow.destination.processes;"
        + $"flow.source.process = {{ pid: 4711, name: {Quote(name)}, executable: '/usr/bin/curl', uid: 1000, container: '3f4a0c5d9e1b7a6c8d2e4f60718293a4', unit: {Quote(unit)} }};";

    private const string Hostile =
        """
        const text = rheoTexts[(globalThis.rheoServed = (globalThis.rheoServed ?? 0) + 1) % rheoTexts.length];
        flow.source.process = { pid: rheoServed, name: text, executable: text, uid: 0, container: text, unit: text };
        flow.destination.process = { pid: rheoServed, name: text, executable: text, uid: 0, unit: text };
        flow.destination.processes = [flow.destination.process, flow.source.process];
        flow.network.interfaces = [text];
        """;

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    // The answer is the agent's own; each of its conversations is changed before the page gets it.
    private void With(string change, Action act, string[]? texts = null)
    {
        var script = Browser.Before($$"""
            globalThis.rheoTexts = {{JsonSerializer.Serialize(texts ?? [])}};
            const ask = globalThis.fetch;
            globalThis.fetch = async (path, options) => {
              const answer = await ask(path, options);
              if (!path.includes('/flows')) return answer;
              const list = await answer.json();
              for (const flow of list.flows ?? []) {
                {{change}}
              }
              return new Response(JSON.stringify(list), { status: answer.status });
            };
            """);
        try
        {
            act();
        }
        finally
        {
            Browser.NotBefore(script);
        }
    }

    private void Open(string query)
    {
        Browser.Forget();
        Browser.Open(PageFixture.Address + query);
        Browser.Await("document.querySelector('.grid')");
    }

    private void NothingIsWrong() => Assert.Equal("", string.Join('\n', Browser.Complaints));
}
