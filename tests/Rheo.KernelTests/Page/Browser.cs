using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Page;

/// <summary>A real Chromium in a namespace, driven through its debugging pipe; collects what it complains about.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rheo-t-chromium-");
    private readonly Process _process;
    private readonly FileStream _orders;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private string? _session;
    private int _count;

    private Browser(TestNamespace space)
    {
        Shell.Run("mkfifo", Path("in"), Path("out"));
        // The pipe is descriptors 3 and 4. No sandbox: root cannot have Chromium's, and it shows our own page alone.
        _process = Process.Start(new ProcessStartInfo("ip",
        [
            "netns", "exec", space.Name, "sh", "-c", $"exec \"$@\" 3<{Path("in")} 4>{Path("out")} >{Path("log")} 2>&1", "sh",
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe", $"--user-data-dir={Path("profile")}",
        ]))!;
        _orders = new FileStream(Path("in"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        new Thread(Listen) { IsBackground = true, Name = "chromium" }.Start();
    }

    /// <summary>What the console, the policy and uncaught errors said; empty when all is well.</summary>
    internal IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>What it complained about so far is forgotten.</summary>
    internal void Forget() => _complaints.Clear();

    internal static Browser Start(TestNamespace space)
    {
        var browser = new Browser(space);
        try
        {
            var page = browser.Send("Target.createTarget", new() { ["url"] = "about:blank" })["targetId"]!.GetValue<string>();
            browser._session = browser.Send("Target.attachToTarget", new() { ["targetId"] = page, ["flatten"] = true })["sessionId"]!.GetValue<string>();
            foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
                browser.Send(domain + ".enable");
            browser.Size(1440, 900);
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    internal void Size(int width, int height, double scale = 1) => Send("Emulation.setDeviceMetricsOverride", new()
    {
        ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = scale, ["mobile"] = false,
    });

    /// <summary>What the system prefers: <c>dark</c> or <c>light</c>.</summary>
    internal void Prefer(string scheme) => Send("Emulation.setEmulatedMedia", new()
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    /// <summary>Certificates of nobody it knows will do from now on.</summary>
    internal void TrustAnyCertificate() => Send("Security.setIgnoreCertificateErrors", new() { ["ignore"] = true });

    internal void Open(string address)
    {
        Send("Page.navigate", new() { ["url"] = address });
        Await("document.readyState === 'complete' && location.href.startsWith('http')");
    }

    /// <summary>Runs a script in each page before its own, until it is taken back.</summary>
    internal string Before(string script) => Send("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = script })["identifier"]!.GetValue<string>();

    /// <summary>Takes such a script back.</summary>
    internal void NotBefore(string identifier) => Send("Page.removeScriptToEvaluateOnNewDocument", new() { ["identifier"] = identifier });

    internal void Back() => Evaluate("history.back()");

    /// <summary>Waits until an expression is true, and says what it was last if it never is.</summary>
    internal void Await(string expression)
    {
        var watch = Stopwatch.StartNew();
        while (!Evaluate($"Boolean({expression})").GetValue<bool>())
        {
            if (watch.Elapsed > s_patience)
                throw new TimeoutException($"never true: {expression}; the page shows: {Evaluate("document.body.innerText.slice(0, 600)")}");
            Thread.Sleep(30);
        }
    }

    internal string Text(string expression) => Evaluate($"String({expression})").GetValue<string>();

    internal JsonNode Evaluate(string expression)
    {
        var result = Send("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        if (result["exceptionDetails"] is { } failure)
            throw new InvalidOperationException($"{expression}: {failure.ToJsonString()}");
        return result["result"]!["value"] ?? JsonValue.Create("");
    }

    /// <summary>Presses and lets go of a key, as a person does: <c>ArrowDown</c>, <c>/</c>, <c>Enter</c>.</summary>
    internal void Press(string key)
    {
        var isCharacter = key.Length == 1;
        var down = new JsonObject { ["type"] = "keyDown", ["key"] = key, ["code"] = isCharacter ? "" : key, ["windowsVirtualKeyCode"] = Code(key) };
        if (isCharacter || key == "Enter")
            down["text"] = key == "Enter" ? "\r" : key;
        Send("Input.dispatchKeyEvent", down);
        Send("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key, ["windowsVirtualKeyCode"] = Code(key) });
    }

    internal void Type(string text) => Send("Input.insertText", new() { ["text"] = text });

    /// <summary>Clicks in the middle of an element with the mouse.</summary>
    internal void Click(string selector)
    {
        Await($"document.querySelector({Quote(selector)})");
        var middle = Evaluate($"(() => {{ const box = document.querySelector({Quote(selector)}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()");
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
            Send("Input.dispatchMouseEvent", new() { ["type"] = type, ["x"] = middle[0]!.DeepClone(), ["y"] = middle[1]!.DeepClone(), ["button"] = "left", ["clickCount"] = 1 });
    }

    internal byte[] Picture() => Convert.FromBase64String(Send("Page.captureScreenshot", new() { ["format"] = "png" })["data"]!.GetValue<string>());

    /// <summary>What breaks the rules of accessibility, by axe-core; empty when nothing does.</summary>
    internal string Violations()
    {
        Evaluate(File.ReadAllText(System.IO.Path.Combine(Root(), "web/node_modules/axe-core/axe.min.js")) + ";0");
        return Evaluate(
            "axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | ')).join('\\n'))").GetValue<string>();
    }

    internal static string Quote(string text) => JsonSerializer.Serialize(text);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _orders.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Rheo.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    private static int Code(string key) => key switch
    {
        "ArrowUp" => 38,
        "ArrowDown" => 40,
        "Enter" => 13,
        "Escape" => 27,
        "Home" => 36,
        "End" => 35,
        "Tab" => 9,
        _ => 0,
    };

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private JsonNode Send(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _count);
        var order = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
            order["sessionId"] = _session;
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_orders)
            _orders.Write(Encoding.UTF8.GetBytes(order.ToJsonString() + "\0"));
        if (!answer.Task.Wait(s_patience))
            throw new TimeoutException($"Chromium does not answer {method}; it says: {Log()}");
        return answer.Task.Result["result"] ?? throw new InvalidOperationException($"{method}: {answer.Task.Result.ToJsonString()}");
    }

    private string Log()
    {
        using var log = new StreamReader(new FileStream(Path("log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }

    // Messages end with a zero byte.
    private void Listen()
    {
        try
        {
            using var answers = new FileStream(Path("out"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var message = new MemoryStream();
            var piece = new byte[65536];
            for (var read = answers.Read(piece); read > 0; read = answers.Read(piece))
            {
                foreach (var value in piece.AsSpan(0, read))
                {
                    if (value != 0)
                    {
                        message.WriteByte(value);
                        continue;
                    }

                    Hear(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                    message.SetLength(0);
                }
            }
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    // Chromium notes each answer of 400 for developers; it is how the agent says that a filter is wrong.
    private static bool IsRefusedQuery(JsonNode entry) =>
        entry["entry"] is { } noted && noted["source"]!.GetValue<string>() == "network" && noted["text"]!.GetValue<string>().Contains("400", StringComparison.Ordinal);

    private void Hear(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is { } id && _waiting.TryRemove(id, out var answer))
            answer.SetResult(message);
        else if (message["method"]?.GetValue<string>() is "Runtime.exceptionThrown" or "Log.entryAdded" && !IsRefusedQuery(message["params"]!))
            _complaints.Enqueue(message["params"]!.ToJsonString());
        else if (message["method"]?.GetValue<string>() == "Runtime.consoleAPICalled"
            && message["params"]!["type"]!.GetValue<string>() is "error" or "warning")
            _complaints.Enqueue("console: " + message["params"]!["args"]!.ToJsonString());
    }
}
