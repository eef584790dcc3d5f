return await Ledger.Server.Hosting.Start.RunAsync(args);
